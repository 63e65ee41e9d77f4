import { ask, type Reply } from './http.ts'

type Asked = { json?: unknown; headers?: Record<string, string>; body?: FormData | string }

/** Somebody at a desk, as a browser with the pages of the desk would ask. */
export type DeskPerson = {
  cookie: string
  ask(operation: `${string} /${string}`, asked?: Asked): Promise<Reply>
  /** The body of a success; anything else throws. */
  get<Body>(operation: `${string} /${string}`, json?: unknown): Promise<Body>
}

type At = { url: string }

/** Asks the desk as its pages do. */
export function askDesk({ url }: At, operation: string, { headers, ...asked }: Asked & { cookie?: string } = {}) {
  const [method = '', path = ''] = operation.split(' ')
  return ask(`${url}/desk/v1${path}`, {
    ...{ method, ...asked },
    headers: { 'x-prilavok-desk': '1', ...headers },
  })
}

export function personWith(at: At, cookie: string): DeskPerson {
  const asPerson: DeskPerson['ask'] = (operation, { headers, ...asked } = {}) =>
    askDesk(at, operation, { ...asked, headers: { cookie, ...headers } })
  return {
    ...{ cookie, ask: asPerson },
    async get<Body>(operation: `${string} /${string}`, json?: unknown) {
      const { status, text, body } = await asPerson(operation, json === undefined ? {} : { json })
      if (status >= 300) throw new Error(`${operation} was refused: ${status} ${text}`)
      return body as Body // as the caller says
    },
  }
}

/** Signs in by a one-time link. */
export async function signInBy(at: At, link: string): Promise<DeskPerson> {
  const ticket = link.split('#ticket=')[1] ?? ''
  return personWith(at, cookieOf(await askDesk(at, 'POST /session', { json: { ticket } })))
}

/** The cookie that an answer sets. */
export function cookieOf({ status, text, headers }: Reply): string {
  const [cookie] = (headers.get('set-cookie') ?? '').split(';')
  if (!cookie) throw new Error(`nobody was signed in: ${status} ${text}`)
  return cookie
}

type Desk = At & { ownerLink(): Promise<string> }

export const signInOwner = async (desk: Desk) => signInBy(desk, await desk.ownerLink())

/** Somebody whom the owner invites. */
export async function invite(
  desk: Desk,
  role: 'owner' | 'operator' | 'viewer',
  email = `${role}${count++}@shop.example`,
) {
  const owner = await signInOwner(desk)
  const { link } = await owner.get<{ link: string }>('POST /accounts/invitations', { name: `Имя ${role}`, email, role })
  return { ...(await signInBy(desk, link)), email }
}

let count = 0
