import { BlockList, isIP } from 'node:net'
import { networkInterfaces } from 'node:os'

type Range = readonly [network: string, bits: number]

/** IPv4 that is not a public machine's: the IANA special-purpose registry, and what follows from it. */
const special4: readonly Range[] = [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // behind a carrier's NAT; metadata of Alibaba Cloud
  ['127.0.0.0', 8], // loopback
  ['168.63.129.16', 32], // metadata of Azure, at an address that looks public
  ['169.254.0.0', 16], // link-local; metadata of most clouds
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments; metadata of Oracle Cloud
  ['192.0.2.0', 24], // documentation
  ['192.52.193.0', 24], // multicast tunnels
  ['192.88.99.0', 24], // relays of 6to4
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved; broadcast
]

// All other IPv6 is special or unassigned: loopback, mapped IPv4, NAT64, unique local, link-local, multicast.
const global6: Range = ['2000::', 3]

const special6: readonly Range[] = [
  ['2001::', 23], // protocol assignments: Teredo, benchmarks, ORCHID
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4: IPv4 inside
  ['3ffe::', 16], // the old test network
  ['3fff::', 20], // documentation
]

const special = new BlockList()
for (const [network, bits] of special4) special.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of special6) special.addSubnet(network, bits, 'ipv6')
const global = new BlockList()
global.addSubnet(...global6, 'ipv6')

/** Whether notifications may go there: to an address of the public internet that no interface of this machine has now. */
export function isPublicAddress(address: string, interfaces = networkInterfaces()): boolean {
  const version = address.includes('%') ? 0 : isIP(address)
  if (version === 0) return false
  const family = version === 4 ? 'ipv4' : 'ipv6'
  if (special.check(address, family) || addressesOf(interfaces).check(address, family)) return false
  return version === 4 || (global.check(address, 'ipv6') && !isIsatap(address))
}

function addressesOf(interfaces: ReturnType<typeof networkInterfaces>): BlockList {
  const own = new BlockList()
  for (const { address, family } of Object.values(interfaces).flatMap(found => found ?? []))
    own.addAddress(address, family === 'IPv4' ? 'ipv4' : 'ipv6')
  return own
}

/** Under any prefix, such an address means a tunnel to the IPv4 address in its last four bytes. */
function isIsatap(address: string): boolean {
  const groups = groupsOf(address)
  return groups[5] === 0x5efe && ((groups[4] ?? 0) & ~0x0300) === 0
}

function groupsOf(address: string): number[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [head, tail] = canonical.split('::').map(half => half.split(':').filter(group => group !== ''))
  const zeros = Array<string>(8 - (head?.length ?? 0) - (tail?.length ?? 0)).fill('0')
  return [...(head ?? []), ...zeros, ...(tail ?? [])].map(group => Number.parseInt(group, 16))
}
