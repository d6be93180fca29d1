import { symlinkSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createFileRuleset } from '@attune/storage/ruleset-file'
import { createRedisRuleset } from '@attune/storage/ruleset-redis'
import { type Corrupt, corruptionsOf } from '../../../packages/storage/test/support/corrupt.ts'
import { type EdgeConfigStage, openEdgeConfigStage, sealOf } from '../../support/fault-edge-config.ts'
import { makeFolder } from '../../support/fault-folder.ts'
import { makePublished, SECRET } from '../../support/fault-ruleset.ts'
import { type RedisServer, startRedis } from '../../support/redis.ts'
import { startTcpFaultProxy, type TcpFaultProxy } from '../../support/tcp-fault-proxy.ts'
import { type RulesetRow, type RulesetStage, rulesetScenario } from './play-ruleset-row.ts'
import type { Closing, Scenario } from './scenario.ts'

type EdgeStage = EdgeConfigStage & RulesetStage
type EdgeRow = RulesetRow<EdgeStage>

const textOf = (revision: string): string => `${JSON.stringify(makePublished(revision, true))}\n`
const parsed = (bytes: Uint8Array): unknown => {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  try {
    return JSON.parse(text)
  } catch {
    // The client of the service fails in the same way.
    throw new SyntaxError('Unexpected end of JSON input')
  }
}
let corruptions: readonly Corrupt[] | undefined
/** The same 200 ways to damage an envelope of r2. */
async function corruption(at: number): Promise<Corrupt> {
  corruptions ??= corruptionsOf(JSON.stringify(await sealOf('r2')))
  return corruptions[at]!
}

const EDGE: readonly EdgeRow[] = [
  {
    name: 'an Edge Config without our item keeps the last good ruleset',
    strike: (stage) => {
      stage.answer = async () => undefined
    },
    says: /is not there\. Publish with/,
  },
  {
    name: 'an Edge Config that cannot be read keeps the last good ruleset',
    strike: (stage) => {
      stage.answer = () => Promise.reject(new Error('@vercel/edge-config: Unauthorized'))
    },
    says: /cannot be read: @vercel\/edge-config: Unauthorized/,
  },
  {
    name: 'an Edge Config that never answers keeps the last good ruleset, and no page waits',
    strike: (stage) => {
      stage.answer = () => new Promise(() => {})
    },
    // A read that hangs is given up for good after a minute.
    heal: (stage) => stage.pass(61_000),
    says: /did not answer/,
  },
  {
    name: 'an Edge Config signed by somebody else keeps the last good ruleset',
    strike: async (stage) => {
      const foreign = await sealOf('r2', 'another secret of more than thirty-two characters')
      stage.answer = async () => foreign
    },
    says: /is not signed with our secret/,
  },
  {
    name: 'an Edge Config that holds a page in place of a ruleset keeps the last good ruleset',
    strike: (stage) => {
      stage.answer = async () => '<!doctype html><title>502</title>'
    },
    says: /holds no signed ruleset/,
  },
  {
    name: 'of 200 corruptions of a ruleset in an Edge Config none comes into force',
    times: 200,
    strike: async (stage, at) => {
      const { bytes } = await corruption(at)
      stage.answer = async () => parsed(bytes)
    },
    says: /./,
  },
]

interface FileStage extends RulesetStage {
  readonly path: string
}

const FILE: readonly RulesetRow<FileStage>[] = [
  {
    name: 'a ruleset file that is half written keeps the last good ruleset',
    times: 5,
    strike: ({ path }, at) => writeFile(path, textOf('r2').slice(0, 400 * at + 1)),
    says: /./,
  },
  {
    name: 'a ruleset file that another program overwrote keeps the last good ruleset',
    strike: ({ path }) => writeFile(path, '{"name":"something else"}'),
    says: /./,
  },
]

async function openFile({ later }: Closing): Promise<FileStage> {
  const folder = makeFolder(later)
  const path = join(folder, 'ruleset.published.json')
  let now = 0
  let processes = 0
  // Sources of one path in one process are one: another process is another name of the file.
  const begin = () => {
    const name = join(folder, `process-${processes++}.json`)
    symlinkSync(path, name)
    return createFileRuleset({
      path: name,
      clock: () => now,
      random: () => 0.5,
      onError: () => {},
      timeout: 500,
    })
  }
  await writeFile(path, textOf('r1'))
  return {
    path,
    begin,
    source: begin(),
    put: (revision) => writeFile(path, textOf(revision)),
    pass: (milliseconds) => {
      now += milliseconds
    },
  }
}

interface RedisRulesetStage extends RulesetStage {
  readonly server: RedisServer
  readonly proxy: TcpFaultProxy
}

const REDIS: readonly RulesetRow<RedisRulesetStage>[] = [
  ...[
    ['in a black hole', { blackHole: true }] as const,
    ['that refuses connections', { refused: true }] as const,
    ['that is reset in the middle of a ruleset', { resetReplyAfter: 60 }] as const,
  ].map(
    ([what, fault]): RulesetRow<RedisRulesetStage> => ({
      name: `a ruleset in a Redis ${what} stays the last good one`,
      strike: ({ proxy }) => proxy.set(fault),
      heal: ({ proxy }) => proxy.set({}),
      says: /./,
    }),
  ),
  {
    name: 'a ruleset in a Redis that lost it stays the last good one',
    strike: ({ server }) => server.ask('FLUSHALL'),
    says: /is not there/,
  },
]

async function openRedisRuleset({ later }: Closing): Promise<RedisRulesetStage> {
  const server = await startRedis()
  later(() => server.stop())
  const proxy = await startTcpFaultProxy(server.port)
  later(() => proxy.close())
  let now = 0
  let processes = 0
  const begin = () =>
    createRedisRuleset({
      // Sources of one address in one process are one: another process is another address.
      url: `redis://127.0.0.1:${proxy.port}/0?process=${processes++}`,
      secret: SECRET,
      timeout: 600,
      clock: () => now,
      random: () => 0.5,
      onError: () => {},
    })
  const put = async (revision: string): Promise<void> => {
    await server.ask('SET', 'attune:ruleset', JSON.stringify(await sealOf(revision)))
  }
  const pass = (milliseconds: number): void => {
    now += milliseconds
  }
  await put('r1')
  return { server, proxy, begin, source: begin(), put, pass }
}

async function openEdge(): Promise<EdgeStage> {
  const stage = await openEdgeConfigStage()
  const pass = (milliseconds: number): void => {
    stage.now += milliseconds
  }
  return Object.assign(stage, { pass })
}

/** What goes wrong with rulesets that change while a site runs. */
export const RULESETS: readonly Scenario[] = [
  ...EDGE.map((row) => rulesetScenario(row, openEdge)),
  ...FILE.map((row) => rulesetScenario(row, openFile)),
  ...REDIS.map((row) => rulesetScenario(row, openRedisRuleset, 'redis')),
]
