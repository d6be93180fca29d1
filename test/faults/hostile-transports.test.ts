import { type ChildProcess, fork } from 'node:child_process'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { createSealKeys, encodeVisitor } from '@attune/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandom, type Random } from '../../packages/core/test/oracle/random.ts'
import {
  hostileBody,
  hostileFrame,
  hostileHead,
  hostileHeaders,
  hostileQuery,
} from '../support/hostile-inputs.ts'
import { beginSocket, type HostileSocket } from '../support/hostile-socket.ts'

const isSoak = process.env.ATTUNE_SOAK === '1'
const SEED = Number(process.env.ATTUNE_SEED ?? 1)
/** Inputs by each way in: 50,000 in all, a million by `npm run soak`. */
const SHARES = { http: 15_000, beacon: 8_000, pixel: 7_000, socket: 20_000 }
const TIMES = isSoak ? 20 : 1
/** So many at once. */
const TOGETHER = 8
/** Milliseconds of the server's own processor time without a break. */
const MOST_STALL = 50
const SECRET = 'the secret of hostile tests of 32 characters and more'
const VISITOR = 'AAAAAAAAAAAAAAAAAAAAAA'
const cookie = `attune_consent=preferences.statistics; attune_visitor=${encodeVisitor(createSealKeys(SECRET), 'site', VISITOR)}`

interface Told {
  readonly counted: Readonly<Record<string, number>>
  readonly trouble: readonly string[]
  readonly worst: number
  /** Of the store. */
  readonly rejected: Readonly<Record<string, number>>
  readonly sockets: {
    readonly open: number
    readonly messages: number
    readonly cut: Readonly<Record<string, number>>
    readonly refused: Readonly<Record<string, number>>
  }
}

let server: ChildProcess
let port: number
const agent = new Agent({ keepAlive: true, maxSockets: TOGETHER })

beforeAll(async () => {
  const program = fileURLToPath(new URL('../support/hostile-server.mjs', import.meta.url))
  server = fork(program, { env: { ...process.env, ATTUNE_SECRET: SECRET }, execArgv: [] })
  port = (await heard<{ port: number }>()).port
  // What is compiled at its first use is no stall of an input.
  for (const way of WAYS) await way.drive(createRandom(9_999), 200)
  before = (await look('forget')).counted
  Object.assign(noted, { answers: 0, accepted: 0, duplicate: 0, rejected: 0 })
})
afterAll(() => {
  agent.destroy()
  server?.kill()
})

function heard<Message>(): Promise<Message> {
  return new Promise((resolve, reject) => {
    server.once('message', (message) => resolve(message as Message))
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)))
  })
}

async function look(asked = 'look'): Promise<Told> {
  const told = heard<Told>()
  server.send(asked)
  return told
}

interface Answered {
  readonly status: number
  readonly text: string
}

function send(
  path: string,
  method: string,
  headers: Record<string, string>,
  body?: Buffer,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', path, method, headers, agent }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
      )
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

/** Posts one hostile batch; answers what is wrong with how it was answered. */
async function post(random: Random, type: string): Promise<string | undefined> {
  const sound = { 'content-type': type, cookie, origin: `http://127.0.0.1:${port}` }
  const { status, text } = await send(
    '/attune/collect',
    'POST',
    hostileHeaders(random, sound),
    hostileBody(random, Date.now()),
  )
  if (status >= 500 || status < 200) return `status ${status}: ${text}`
  return note(JSON.parse(text)) ? undefined : `told ${text}`
}

/** What senders were told of their events, and how many answers that were. */
const noted = { answers: 0, accepted: 0, duplicate: 0, rejected: 0 }
/** What the server counts of the same. */
const NOTED: Readonly<Record<keyof typeof noted, string>> = {
  answers: 'attune.collect.received',
  accepted: 'attune.collect.events accepted',
  duplicate: 'attune.collect.events duplicate',
  rejected: 'attune.collect.events rejected',
}
/** Requests that are refused whole once somebody began to read them: the store counts these too. */
const WHOLE = ['malformed-batch', 'not-utf-8', 'body-too-large']

/** What the server had counted when the test began. */
let before: Told['counted'] = {}

async function countedOfNoted(): Promise<object> {
  const { counted } = await look()
  return Object.fromEntries(
    Object.entries(NOTED).map(([key, name]) => [key, (counted[name] ?? 0) - (before[name] ?? 0)]),
  )
}

/** The part of an answer that tells of events. */
interface ToldOfEvents {
  readonly accepted?: unknown
  readonly duplicates?: unknown
  readonly rejected?: unknown
}

function note({ accepted, duplicates, rejected }: ToldOfEvents): boolean {
  if (typeof accepted !== 'number' || typeof duplicates !== 'number' || !Array.isArray(rejected)) return false
  noted.answers++
  noted.accepted += accepted
  noted.duplicate += duplicates
  noted.rejected += rejected.length
  return true
}

async function ask(random: Random): Promise<string | undefined> {
  const { status, text } = await send(
    `/attune/pixel.gif?${hostileQuery(random)}`,
    'GET',
    hostileHeaders(random, { cookie }),
  )
  return status === 200 && text.startsWith('GIF89a') ? undefined : `status ${status}`
}

/** Sends hostile messages over one socket after another; counts how each one was answered. */
const fates = { answered: 0, ended: 0, refused: 0 }
let begun = 0
/** Messages that WebSocket's own rules let through. */
let sent = 0

async function drivePage(random: Random, count: number): Promise<readonly string[]> {
  const trouble: string[] = []
  let socket: HostileSocket | undefined
  for (let n = 1; n <= count; n++) {
    if (random.chance(0.01)) {
      const headers = hostileHeaders(random, { cookie, 'sec-websocket-key': 'no key' })
      const { status, socket: odd } = await beginSocket(port, headers)
      if (![400, 403].includes(status)) trouble.push(`a beginning was answered with ${status}`)
      await odd?.close()
      fates.refused++
      continue
    }
    if (socket === undefined || !socket.isOpen()) socket = await open()
    if (random.chance(0.03)) {
      await socket.attack(hostileFrame(random))
      fates.ended++
      continue
    }
    const { text, isSound, isKnown } = hostileHead(random, n)
    const body = hostileBody(random, Date.now()).subarray(0, 60_000)
    const said = await socket.ask(Buffer.concat([Buffer.from(`${text}\n`), body]))
    if (said === undefined) fates.ended++
    else fates.answered++
    if (said !== undefined && !isAnswer(said, n)) trouble.push(`message ${n} was answered with ${said}`)
    if (isText(body)) sent++
    if (isSound && said === undefined && isText(body)) trouble.push(`message ${n} was not answered: ${text}`)
    if (isKnown) continue
    await socket.close()
    socket = undefined
  }
  await socket?.close()
  return trouble
}

async function open(): Promise<HostileSocket> {
  const origin = `http://127.0.0.1:${port}`
  const headers = {
    'content-type': 'application/json',
    cookie,
    origin,
    'user-agent': 'Mozilla/5.0 Firefox/141.0',
  }
  const { ticket } = JSON.parse((await send('/attune/socket', 'POST', headers, Buffer.from('{}'))).text)
  const { socket } = await beginSocket(port, { cookie, origin, 'user-agent': headers['user-agent'] })
  begun++
  sent++
  if (socket === undefined || (await socket.ask(JSON.stringify({ ticket }))) !== '{"n":0,"status":200}')
    throw new Error('A sound page got no socket.')
  return socket
}

function isAnswer(text: string, n: number): boolean {
  const { n: number, status, answer } = JSON.parse(text)
  return note(answer) && number === n && status >= 200 && status < 500
}

// What is no UTF-8 ends a socket by WebSocket's own rules.
function isText(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

async function repeat(
  random: Random,
  count: number,
  once: (random: Random) => Promise<string | undefined>,
): Promise<readonly string[]> {
  const trouble: string[] = []
  for (let left = count; left > 0; left--) {
    const wrong = await once(random)
    if (wrong !== undefined) trouble.push(wrong)
  }
  return trouble
}

interface Way {
  readonly name: keyof typeof SHARES
  readonly drive: (random: Random, count: number) => Promise<readonly string[]>
}

const WAYS: readonly Way[] = [
  { name: 'http', drive: (random, count) => repeat(random, count, (r) => post(r, 'application/json')) },
  {
    name: 'beacon',
    drive: (random, count) => repeat(random, count, (r) => post(r, 'text/plain;charset=UTF-8')),
  },
  { name: 'socket', drive: drivePage },
  { name: 'pixel', drive: (random, count) => repeat(random, count, ask) },
]

test.each(WAYS)(
  '$name: each hostile input is answered, and none fails',
  { timeout: 3_600_000 },
  async (way) => {
    const count = (SHARES[way.name] * TIMES) / TOGETHER
    const troubles = await Promise.all(
      Array.from({ length: TOGETHER }, (_, at) =>
        way.drive(createRandom(SEED * 1_000 + WAYS.indexOf(way) * TOGETHER + at), count),
      ),
    )
    expect(troubles.flat().slice(0, 5)).toEqual([])
    // Pictures come last: nobody is told what became of the event behind one.
    if (way.name !== 'pixel') expect(await countedOfNoted()).toEqual(noted)
  },
)

test('the server stands, never stalled, and has counted every one of them', async () => {
  await expect.poll(async () => (await look()).sockets.open, { timeout: 10_000 }).toBe(0)
  const { counted, trouble, worst, rejected, sockets } = await look()
  expect(trouble.slice(0, 3)).toEqual([])
  expect(worst).toBeLessThanOrEqual(MOST_STALL)
  expect(sockets.messages).toBeGreaterThanOrEqual(sent)
  const of = (name: string) => counted[name] ?? 0
  const outcomes = ['acked', 'refused', 'throttled', 'unanswered']
  expect(of('attune.collect.received')).toBe(
    outcomes.reduce((sum, outcome) => sum + of(`attune.collect.batches ${outcome}`), 0),
  )
  expect([of('attune.collect.batches throttled'), of('attune.collect.errors internal')]).toEqual([0, 0])
  // What was refused stands in the store by its reason; links of mails were opened by nobody else.
  const { link, ...others } = rejected
  const reasons = Object.entries(counted).flatMap(([name, number]): [string, number][] => {
    const [, kind, reason = ''] = /^attune\.collect\.(rejected|errors) (.+)$/.exec(name) ?? []
    return kind === 'rejected' || WHOLE.includes(reason) ? [[reason, number]] : []
  })
  expect(others).toEqual(Object.fromEntries(reasons))
  expect(link).toBeGreaterThan(0)
  expect(fates.answered + fates.ended + fates.refused).toBeGreaterThanOrEqual(SHARES.socket * TIMES)
  const cut = Object.values(sockets.cut).reduce((sum, count) => sum + count, 0)
  expect(cut).toBeLessThanOrEqual(begun)
  expect(Object.values(sockets.refused).reduce((sum, count) => sum + count, 0)).toBe(fates.refused)
})
