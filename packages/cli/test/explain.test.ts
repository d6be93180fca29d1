import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AttuneEvent } from '@attune/core'
import { planRuleset, publishRuleset } from '@attune/core/publish'
import { createSqliteStore } from '@attune/storage/sqlite'
import { expect, test } from 'vitest'
import { explain } from '../src/commands/explain.ts'
import { main } from '../src/main.ts'
import { makeFolder } from './support/make-folder.ts'
import { type IoOptions, makeIo } from './support/make-io.ts'
import { makeRuleset } from './support/make-ruleset.ts'

// The clock of `makeIo`.
const NOW = Date.UTC(2026, 10, 22)
const HOUR = 3_600_000

function makeEvents(...hoursAgo: readonly number[]): readonly AttuneEvent[] {
  return hoursAgo.map((hours) => ({
    id: `e${hours}`,
    name: hours < 20 ? 'purchase' : 'view_item',
    time: NOW - hours * HOUR,
    properties: {},
  }))
}

const CASE = { now: NOW, consent: { preferences: true }, events: makeEvents(60, 50, 10) }

async function run(
  args: readonly string[],
  { given = CASE as unknown, ruleset = makeRuleset(), around = {} as IoOptions } = {},
) {
  const folder = makeFolder({ 'rules.json': JSON.stringify(ruleset), 'case.json': JSON.stringify(given) })
  const { io, out, err } = makeIo(around)
  const whom =
    args.includes('--visitor') || args.includes('--case') ? [] : ['--case', join(folder, 'case.json')]
  const code = await main(['explain', join(folder, 'rules.json'), ...whom, ...args], [explain], io, '1')
  return { code, out: out(), err: err() }
}

test('a segment is explained as a tree with what was seen, what would change it and when', async () => {
  const { code, out } = await run(['--segment', 'keen'])
  expect(code).toBe(0)
  expect(out).toBe(`keen
  Not in it on 22 November 2026 at 00:00 (UTC).

  ✗ all of
    ✗ viewed an item at least 3 times in the last 7 days
        saw 2 times
        would change with one more item view
    ✗ did not buy in the last 24 hours
        saw once
        would change on 22 November at 14:00

  With one more item view it would match on 22 November at 14:00.
`)
})

test('no line is longer than the terminal, and colour is for terminals', async () => {
  const narrow = await run([], { around: { isTTY: true, columns: 40, env: { NO_COLOR: '1' } } })
  expect(Math.max(...narrow.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40)
  expect(narrow.out).not.toContain('\u001b')
  expect((await run([], { around: { isTTY: true } })).out).toContain('\u001b[31m✗')
})

test('without consent the answer is unknown, and the consent that is missing is named', async () => {
  const { out } = await run([], { given: { ...CASE, consent: {} } })
  expect(out).toContain('Unknown, which counts as not in it, on 22 November 2026')
  expect(out).toContain('? viewed an item at least 3 times in the last 7 days')
  expect(out).toContain('needs consent to preferences')
})

test('--json prints the traces as one document', async () => {
  const { out } = await run(['--json'])
  const { revision, now, segments } = JSON.parse(out)
  expect([revision, now, segments.length]).toEqual(['test.1', NOW, 1])
  expect(segments[0]).toMatchObject({
    key: 'keen',
    kind: 'all',
    match: false,
    counterfactual: { changes: [{ by: 'event', event: 'view_item', count: 1 }, { by: 'time' }] },
  })
  expect(segments[0].children[1]).toMatchObject({ kind: 'not', children: [{ kind: 'count', seen: 1 }] })
})

test('a stored visitor is explained now', { timeout: 30_000 }, async () => {
  const data = makeFolder()
  const store = createSqliteStore({ path: join(data, 'attune.db') })
  const plan = planRuleset(makeRuleset())
  await store.append({ visitor: 'AAAAAAAAAAAAAAAAAAAAAA', events: makeEvents(60, 50, 40), plan })
  await store.close()
  const { code, out } = await run(['--visitor', 'AAAAAAAAAAAAAAAAAAAAAA', '--data', data])
  expect(code).toBe(0)
  expect(out).toContain('In it on 22 November 2026')
  const nobody = await run(['--visitor', 'BBBBBBBBBBBBBBBBBBBBBB', '--data', data])
  expect(nobody.out).toContain('saw 0 times')
  expect(nobody.err).toContain('Nobody has heard of this visitor')
})

test('events that the ruleset does not declare are named beside the answer, each once', async () => {
  const strange = ['view_itm', 'exposure', 'checkin', 'view_itm', 'page_view']
  const events = [
    ...CASE.events,
    ...strange.map((name, at) => ({ id: `s${at}`, name, time: NOW - HOUR, properties: {} })),
  ]
  const { code, err } = await run([], { given: { ...CASE, events } })
  expect(code).toBe(0)
  expect(err).toBe(`The ruleset does not declare these events of the case:
  "view_itm". Did you mean view_item?
  "checkin".
  "page_view".
`)
  expect((await run([])).err).toBe('')
})

test('a published ruleset is exit code 2, which asks for the document', async () => {
  const folder = makeFolder({ 'rules.json': JSON.stringify(publishRuleset(makeRuleset())) })
  const { io, err } = makeIo()
  expect(await main(['explain', join(folder, 'rules.json')], [explain], io, '1')).toBe(2)
  expect(err()).toContain('This is a published ruleset. Give the document')
  expect(err()).not.toContain(' more.')
})

test.each([
  ['an unknown segment', ['--segment', 'keem'], {}, 'Did you mean keen? It has keen.'],
  ['a missing case', ['--case', 'nowhere.json'], {}, 'There is no file "nowhere.json"'],
  ['a case that is not sound', [], { given: { now: 'today' } }, 'The case is not sound. $.now'],
  ['a case that is no object', [], { given: [] }, 'A case is an object.'],
  ['a visitor without a folder', ['--visitor', 'AAAAAAAAAAAAAAAAAAAAAA'], {}, '--data <folder> is missing'],
  [
    'a folder without a database',
    ['--visitor', 'A'.repeat(22), '--data', '.'],
    {},
    'There is no file "attune.db"',
  ],
])('%s is exit code 2', async (_, args, options, message) => {
  const { code, out, err } = await run(args, options)
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(message)
})

test('whom to explain has to be said', async () => {
  const { io, err } = makeIo()
  const folder = makeFolder({ 'rules.json': JSON.stringify(makeRuleset()) })
  expect(await main(['explain', join(folder, 'rules.json')], [explain], io, '1')).toBe(2)
  expect(err()).toContain('Give --case <file>, or --visitor <id> and --data <folder>.')
})

test('the guide shows a case and what is really printed for it', async () => {
  const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
  const [guide, given] = [read('docs/guide/explaining.md'), read('packages/cli/examples/explain.case.json')]
  const ruleset = JSON.parse(read('examples/next-shop/ruleset.json'))
  const { out } = await run(['--segment', 'high-intent', '--segment', 'hiker'], {
    given: JSON.parse(given),
    ruleset,
  })
  expect(guide).toContain(given)
  expect(guide).toContain(out)
})
