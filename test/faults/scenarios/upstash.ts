import {
  afterwards,
  HANG,
  instead,
  openUpstashStage,
  type RestTrouble,
  type UpstashStage,
} from '../../support/fault-upstash.ts'
import type { TcpFault } from '../../support/tcp-fault-proxy.ts'
import { type StoreRow, storeScenario } from './play-store-row.ts'
import type { Scenario } from './scenario.ts'

type Row = StoreRow<UpstashStage>

const AT_ONCE_MS = 400
const APPEND_LIMIT_MS = 1_500
const PAGE = '<!doctype html><title>502 Bad Gateway</title>'

const html = (status: number) => () =>
  new Response(PAGE, { status, headers: { 'content-type': 'text/html' } })
const json =
  (status: number, body: object, headers: Record<string, string> = {}) =>
  () =>
    Response.json(body, { status, headers })
const heal = async (stage: UpstashStage): Promise<void> => {
  stage.trouble = undefined
  await stage.proxy.set({})
}

function service(name: string, trouble: RestTrouble, over: Partial<Row> = {}): Row {
  const strike = (stage: UpstashStage): void => {
    stage.trouble = trouble
  }
  return { name, strike, heal, answer: 'later', within: AT_ONCE_MS, ...over }
}

function line(name: string, fault: TcpFault, over: Partial<Row> = {}): Row {
  return { name, strike: ({ proxy }) => proxy.set(fault), heal, answer: 'later', within: AT_ONCE_MS, ...over }
}

/** Every second request meets a trouble. */
function everySecond(trouble: RestTrouble): RestTrouble {
  let asked = 0
  return (pass, request) => (asked++ % 2 === 0 ? pass() : trouble(pass, request))
}

/** A region that stays at the first reading for whoever does not know of anything later. */
function lagging(): RestTrouble {
  const held = new Map<string, { readonly text: string; readonly moment: number }>()
  const moment = (token: string | null): number => Number(token?.replace('bridge-', '') ?? 0)
  return async (pass, { body, syncToken }) => {
    const key = JSON.stringify(body)
    const old = held.get(key)
    if (old !== undefined && moment(syncToken) <= old.moment)
      return new Response(old.text, { headers: { 'upstash-sync-token': `bridge-${old.moment}` } })
    const answer = await pass()
    const text = await answer.text()
    held.set(key, { text, moment: moment(answer.headers.get('upstash-sync-token')) })
    return new Response(text, { status: answer.status, headers: answer.headers })
  }
}

const ROWS: readonly Row[] = [
  service(
    'Upstash that says 429 is told of',
    instead(json(429, { error: 'ERR too many requests' }, { 'retry-after': '2' })),
  ),
  service('Upstash that says 500 is told of', instead(json(500, { error: 'ERR internal' }))),
  service('Upstash whose gateway answers 502 with a page is told of', instead(html(502))),
  service('Upstash in whose place a page answers 200 is not believed', instead(html(200))),
  service('Upstash that refuses our token is told of', instead(json(401, { error: 'Unauthorized' }))),
  service(
    'Upstash that sends us elsewhere is not followed',
    instead(() => new Response(null, { status: 307, headers: { location: 'http://127.0.0.1:1/' } })),
  ),
  service(
    'Upstash whose JSON is cut is not believed',
    instead(() => new Response('{"result":["17')),
  ),
  service(
    'Upstash that is over its limit is told of',
    instead(json(400, { error: 'ERR max requests limit exceeded' })),
  ),
  service('Upstash that never answers is given up at the deadline', HANG, { within: APPEND_LIMIT_MS }),
  service(
    'Upstash that does what it is asked and answers with a page is asked again, and does nothing twice',
    afterwards(html(502)),
  ),
  service(
    'Upstash that does what it is asked and cuts its JSON is asked again, and does nothing twice',
    afterwards(() => new Response('{"resu')),
  ),
  service('Upstash that fails every second request keeps what it keeps', everySecond(afterwards(html(503))), {
    rounds: 4,
    answer: 'either',
  }),
  service('an Upstash region that lags behind loses nothing', lagging(), {
    rounds: 4,
    answer: 'kept',
    within: APPEND_LIMIT_MS,
  }),
  line('Upstash that cannot be reached is told of at once', { refused: true }),
  line(
    'Upstash in a black hole is given up at the deadline',
    { blackHole: true },
    { within: APPEND_LIMIT_MS },
  ),
  line('Upstash whose connections break in the middle of an answer is told of at once', {
    resetReplyAfter: 120,
  }),
  line(
    'Upstash whose answers come byte by byte is read whole',
    { slice: 1 },
    { answer: 'kept', within: APPEND_LIMIT_MS },
  ),
  {
    name: 'Upstash that forgot our scripts is told them again',
    strike: ({ server }) => server.ask('SCRIPT', 'FLUSH'),
    during: ({ server }) => server.ask('SCRIPT', 'FLUSH'),
    rounds: 4,
    answer: 'kept',
    within: APPEND_LIMIT_MS,
  },
  {
    name: 'Upstash that is full refuses, and takes everything when there is room',
    strike: ({ server }) => server.ask('CONFIG', 'SET', 'maxmemory', '1mb'),
    heal: ({ server }) => server.ask('CONFIG', 'SET', 'maxmemory', 0),
    answer: 'later',
    within: AT_ONCE_MS,
  },
]

/** What goes wrong with a database over REST, as the collector keeps in it. */
export const UPSTASH: readonly Scenario[] = ROWS.map((row) =>
  storeScenario(row, ({ later }) => openUpstashStage(later), 'redis'),
)
