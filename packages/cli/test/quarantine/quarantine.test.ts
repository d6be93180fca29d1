import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ruleset } from '@attune/core'
import { compileDocument } from '@attune/core/publish'
import type { RejectedEvent } from '@attune/storage'
import { createRedisStore } from '@attune/storage/redis'
import { createSqliteStore } from '@attune/storage/sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { NO_REDIS, startRedis } from '../../../../test/support/redis.ts'
import { quarantine } from '../../src/commands/quarantine.ts'
import { main } from '../../src/main.ts'
import { makeIo } from '../support/make-io.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 30_000 })

const NOON = Date.UTC(2026, 10, 1, 12)
const RULESET: Ruleset = {
  version: 1,
  revision: 'r',
  events: { view_item: { properties: { item_id: 'string', price: 'number' }, required: ['item_id'] } },
  interests: { items: { of: 'item_id', halfLife: '14d', points: { view_item: 1 } } },
  segments: { boots: { when: { interest: 'items', top: 1, is: 'boots' } } },
  placements: { hero: { baseline: 'a', variants: ['a', 'b'] } },
  experiences: [
    { key: 'e', placement: 'hero', audience: { segment: 'boots' }, allocation: [{ variant: 'b', share: 1 }] },
  ],
  routes: { '/': ['hero'] },
}
const FIXES = { view_itm: { name: 'view_item', types: { price: 'number' } } }

let folder: string
let files: { ruleset: string; fix: string }
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'attune-'))
  files = { ruleset: join(folder, 'ruleset.json'), fix: join(folder, 'fixes.json') }
  writeFileSync(files.ruleset, JSON.stringify(RULESET))
  writeFileSync(files.fix, JSON.stringify(FIXES))
})
afterEach(() => rmSync(folder, { recursive: true }))

const openStore = () => createSqliteStore({ path: join(folder, 'attune.db') })

function makeRejection(id: string, changes: Partial<RejectedEvent> = {}, event: object = {}): RejectedEvent {
  const content = {
    id,
    name: 'view_itm',
    time: NOON - 5_000,
    properties: { item_id: 'boots', price: '12' },
    ...event,
  }
  return { reason: 'unknown-event', time: NOON, event: JSON.stringify(content), visitor: 'v', ...changes }
}

async function refuse(...rejections: readonly RejectedEvent[]): Promise<void> {
  const store = openStore()
  await store.reject(rejections)
  await store.close()
}

async function run(...args: readonly string[]) {
  const { io, out, err } = makeIo()
  const code = await main(['quarantine', ...args, '--data', folder], [quarantine], io, '1')
  return { code, out: out(), err: err() }
}

async function replay(...args: readonly string[]) {
  const { code, out, err } = await run(
    'replay',
    '--ruleset',
    files.ruleset,
    '--consent',
    'preferences',
    '--json',
    ...args,
  )
  return { code, err, report: out === '' ? undefined : JSON.parse(out) }
}

/** Whether the visitor's profile holds what was replayed, and how many events are left in quarantine. */
async function look() {
  const store = openStore()
  const profile = await store.load('v', compileDocument(RULESET).plan)
  const left = await store.listRejected({ after: 0, most: 100 })
  await store.close()
  return { seconds: profile?.last?.seconds ?? null, left: left.length }
}

test('a corrected event is folded as of when it happened, and leaves the quarantine', async () => {
  await refuse(makeRejection('a'))
  expect(await replay('--fix', files.fix)).toEqual({
    code: 0,
    err: '',
    report: { accepted: 1, duplicates: 0, refused: {}, left: {} },
  })
  expect(await look()).toEqual({ seconds: NOON / 1000 - 5, left: 0 })
})

test('the clock of its sender is corrected as it was then', async () => {
  await refuse(makeRejection('a', { sent: NOON - 3_600_000 }, { time: NOON - 3_600_000 - 8_000 }))
  await replay('--fix', files.fix)
  expect((await look()).seconds).toBe(NOON / 1000 - 8)
})

test('replayed twice it counts once', async () => {
  await refuse(makeRejection('a'), makeRejection('a'))
  const { report } = await replay('--fix', files.fix)
  expect(report).toMatchObject({ accepted: 1, duplicates: 1 })
  expect((await look()).left).toBe(0)
})

test('what is refused again stays, is counted, and ends with code 1', async () => {
  await refuse(makeRejection('a'), makeRejection('b', {}, { properties: { price: '12' } }))
  expect(await replay('--fix', files.fix)).toMatchObject({
    code: 1,
    report: { accepted: 1, refused: { 'missing-field': 1 } },
  })
  expect((await look()).left).toBe(1)
  const store = openStore()
  expect(await store.rejectedCounts()).toEqual({ 'unknown-event': 2 })
  await store.close()
})

test('what cannot be replayed stays: without a visitor, cut, or for a reason that nothing mends', async () => {
  const cut = makeRejection('c', {}, { properties: { item_id: 'x'.repeat(5_000) } })
  await refuse(makeRejection('a', { visitor: undefined }), cut, makeRejection('b', { reason: 'bot' }))
  const { report } = await replay('--fix', files.fix)
  expect(report).toEqual({
    accepted: 0,
    duplicates: 0,
    refused: {},
    left: { 'no visitor': 1, 'cut at 4 KB': 1 },
  })
  expect((await look()).left).toBe(3)
})

test('what only servers may sign stays, whatever browsers once sent', async () => {
  const { events = {} } = RULESET
  const signed = { ...RULESET, events: { ...events, purchase: { signed: true } } }
  writeFileSync(files.ruleset, JSON.stringify(signed))
  await refuse(makeRejection('a', {}, { name: 'purchase', properties: { value: 99_999 } }))
  expect((await replay()).report).toMatchObject({ accepted: 0, refused: { reserved: 1 } })
  expect(await look()).toEqual({ seconds: null, left: 1 })
})

test('without the consent that they need today, events stay', async () => {
  await refuse(makeRejection('a'))
  const { out } = await run(
    'replay',
    '--ruleset',
    files.ruleset,
    '--fix',
    files.fix,
    '--consent',
    'statistics',
    '--json',
  )
  expect(JSON.parse(out).refused).toEqual({ consent: 1 })
  expect(await look()).toEqual({ seconds: null, left: 1 })
})

test('a dry run tells and keeps nothing', async () => {
  await refuse(makeRejection('a'))
  const { report } = await replay('--fix', files.fix, '--dry-run')
  expect(report.accepted).toBe(1)
  expect(await look()).toEqual({ seconds: null, left: 1 })
})

test('pages of hundreds are replayed to the last', async () => {
  await refuse(...Array.from({ length: 603 }, (_, at) => makeRejection(`e${at}`)))
  expect((await replay('--fix', files.fix)).report).toMatchObject({ accepted: 603 })
  expect((await look()).left).toBe(0)
})

test('list shows what was refused, without whose it was and without steering the terminal', async () => {
  await refuse(makeRejection('a', { visitor: 'who-it-was', event: 'evil \u001b[2J' }))
  const { out } = await run('list')
  expect(out).toContain('unknown-event')
  expect(out).toContain('1 of 1 that are kept')
  expect(out).not.toContain('who-it-was')
  expect(out).not.toContain('\u001b')
  const { out: json } = await run('list', '--json', '--reason', 'unknown-event')
  expect(JSON.parse(json)).toMatchObject({ reason: 'unknown-event', hasVisitor: true })
  expect(json).not.toContain('who-it-was')
})

test('in 80 columns each event is a line of when, why, what it is called and what it holds', async () => {
  const long = { properties: { item_id: 'boots', price: '12', item_category: 'winter boots of leather' } }
  await refuse(
    makeRejection('a'),
    makeRejection('b', { reason: 'wrong-type' }, { name: 'view_item', ...long }),
  )
  await refuse(makeRejection('c', { reason: 'malformed-batch', event: '[1, 2' }))
  const { out } = await run('list')
  expect(out).toBe(`  refused at            reason           name       properties
  ────────────────────  ───────────────  ─────────  ────────────────────────────
  2026-11-01T12:00:00Z  unknown-event    view_itm   item_id="boots" price="12"
  2026-11-01T12:00:00Z  wrong-type       view_item  item_id="boots" price="12" …
  2026-11-01T12:00:00Z  malformed-batch  –          [1, 2

3 of 3 that are kept; --json prints all of each.
`)
})

test('what may not be kept is counted and not listed', async () => {
  const counted = { reason: 'consent', time: NOON, event: '' }
  await refuse(counted, makeRejection('a'), counted)
  const { out } = await run('list')
  expect(out).not.toContain('consent')
  expect(out).toContain(
    '1 of 1 that are kept; --json prints all of each. 2 others may not be kept, and are counted alone.',
  )
  expect((await run('list', '--json')).out.trim().split('\n')).toHaveLength(1)
  expect((await run('list', '--reason', 'consent')).out).toContain('None is kept. 2 others may not be kept')
})

test.each([
  [['replay'], 'Say what they grant today'],
  [['replay', '--consent', 'preferences', '--reason', 'bot'], 'Nothing mends bot'],
  [['mend'], 'Say list or replay'],
])('%j is told what it lacks', async (args, message) => {
  const { code, err } = await run(...args)
  expect([code, err]).toEqual([2, expect.stringContaining(message)])
})

test('fixes that are none are named with their place', async () => {
  writeFileSync(files.fix, '{ "view_itm": { "nam": "view_item" } }')
  const { code, err } = await run(
    'replay',
    '--ruleset',
    files.ruleset,
    '--fix',
    files.fix,
    '--consent',
    'preferences',
  )
  expect(code).toBe(2)
  expect(err).toContain('$.view_itm.nam')
})

test('where a log is named it is written down who looked and who replayed, and elsewhere nothing is asked for', async () => {
  await refuse(makeRejection('a'))
  const log = join(folder, 'audit.log')
  const env = { ATTUNE_AUDIT_LOG: log, ATTUNE_AUDIT_KEY: 'a key of the audit log alone that is long enough' }
  const ask = async (...args: readonly string[]) => {
    const { io } = makeIo({ env })
    return main(['quarantine', ...args, '--data', folder], [quarantine], io, '1')
  }
  expect(await ask('list')).toBe(0)
  const fixed = ['--ruleset', files.ruleset, '--fix', files.fix, '--consent', 'preferences']
  expect(await ask('replay', ...fixed)).toBe(0)
  const told = readFileSync(log, 'utf8').trim().split('\n')
  expect(
    told.map((line) => JSON.parse(line)).map(({ action, outcome, counts }) => [action, outcome, counts]),
  ).toEqual([
    ['rejected.read', 'asked', undefined],
    ['rejected.read', 'done', { rejected: 1 }],
    ['rejected.replay', 'asked', undefined],
    ['rejected.replay', 'done', { accepted: 1, duplicates: 0 }],
  ])
})

test.skipIf(NO_REDIS)(
  `in a Redis they are listed and replayed as well${NO_REDIS ? `: ${NO_REDIS}` : ''}`,
  async () => {
    const server = await startRedis()
    const store = createRedisStore({ url: server.url, timeout: 5_000 })
    await store.reject([makeRejection('a'), makeRejection('b', { visitor: undefined })])
    const ask = async (...args: readonly string[]) => {
      const { io, out } = makeIo()
      const code = await main(['quarantine', ...args, '--redis', server.url, '--json'], [quarantine], io, '1')
      return [code, out()]
    }
    const fixed = ['--ruleset', files.ruleset, '--fix', files.fix, '--consent', 'preferences']
    expect(JSON.parse(String((await ask('replay', ...fixed))[1]))).toMatchObject({
      accepted: 1,
      left: { 'no visitor': 1 },
    })
    expect(await store.listRejected({ after: 0, most: 10 })).toHaveLength(1)
    expect((await store.exportVisitor('v'))?.events).toHaveLength(1)
    await store.close()
    await server.stop()
  },
  60_000,
)
