import { join } from 'node:path'
import { expect, test } from 'vitest'
import { check } from '../src/commands/check.ts'
import { main } from '../src/main.ts'
import { makeFolder } from './support/make-folder.ts'
import { type IoOptions, makeIo } from './support/make-io.ts'
import { makeRuleset } from './support/make-ruleset.ts'

async function checkFile(
  content: string | Uint8Array,
  options: readonly string[] = [],
  around: IoOptions = {},
) {
  const folder = makeFolder({ 'rules.json': content })
  const { io, out, err } = makeIo(around)
  const code = await main(['check', join(folder, 'rules.json'), ...options], [check], io, '1')
  return { code, out: out(), err: err() }
}

const mistaken = makeRuleset({
  segments: { keen: { when: { count: 'view_itm', within: '7d', atLeast: 3 } } },
})

test('a sound ruleset is exit code 0', async () => {
  const { code, out } = await checkFile(JSON.stringify(makeRuleset()))
  expect(code).toBe(0)
  expect(out).toContain('sound. Nothing was found.')
})

test('an error is told with its path, its value and the cure, exit code 1', async () => {
  const { code, out } = await checkFile(JSON.stringify(mistaken))
  expect(code).toBe(1)
  expect(out).toContain('error    $.segments.keen.when.count  unknown-event\n  value  "view_itm"\n')
  expect(out).toContain('Did you mean "view_item"?')
  expect(out).toContain('1 error, 0 warnings. It is not published until the errors are mended.')
})

test('warnings are counted and leave the exit code 0', async () => {
  const { code, out } = await checkFile(JSON.stringify(makeRuleset({ experiences: [], placements: {} })))
  expect(code).toBe(0)
  expect(out).toContain('warning  $.segments.keen  unused-segment')
  expect(out).toContain('sound, with 1 warning.')
})

test('--json prints one document with every finding', async () => {
  const { code, out } = await checkFile(JSON.stringify(mistaken), ['--json'])
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({
    errors: 1,
    warnings: 0,
    problems: [{ path: '$.segments.keen.when.count', code: 'unknown-event', value: 'view_itm' }],
  })
})

test('a sound ruleset is followed by what each segment takes to answer', async () => {
  const ruleset = makeRuleset({
    events: { view_item: {}, purchase: { properties: { value: 'number' } } },
    rfm: {
      customers: {
        event: 'purchase',
        value: 'value',
        within: '365d',
        recency: [7, 30, 90, 180],
        frequency: [2, 3, 5, 10],
        monetary: [50, 100, 250, 1000],
      },
    },
    segments: {
      keen: { when: { count: 'view_item', within: '7d', atLeast: 3 } },
      loyal: { when: { rfm: 'customers', frequency: { atLeast: 4 } } },
    },
  })
  const { out } = await checkFile(JSON.stringify(ruleset))
  expect(out).toMatch(/ {2}keen {5}edge {3}the request and its visitor cookie\n/)
  expect(out).toMatch(/ {2}loyal {4}batch {2}a table that a job makes\n/)
  const { out: json } = await checkFile(JSON.stringify(ruleset), ['--json'])
  expect(JSON.parse(json).segments).toEqual({ keen: { cost: 'edge' }, loyal: { cost: 'batch' } })
  expect(JSON.parse((await checkFile(JSON.stringify(mistaken), ['--json'])).out).segments).toEqual({})
})

test.each([
  ['a duplicate key', '{"version":1,"version":1}', '$.version', 'duplicate-key'],
  ['no JSON', '{', '$', 'not-json'],
  ['a byte-order mark', '\ufeff{}', '$', 'byte-order-mark'],
  ['bytes that are not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), '$', 'not-utf8'],
  ['more than 512 KiB', ' '.repeat(512 * 1024 + 1), '$', 'too-large'],
])('%s is an error with its place', async (_, content, path, code) => {
  const answer = await checkFile(content)
  expect(answer.code).toBe(1)
  expect(answer.out).toContain(`error    ${path}  ${code}\n`)
})

test.each([
  ['a missing file', 'nowhere.json', 'There is no file'],
  ['a folder', '.', 'is a folder. Name a file in it.'],
])('%s is exit code 2', async (_, name, message) => {
  const { io, out, err } = makeIo()
  expect(await main(['check', join(makeFolder(), name)], [check], io, '1')).toBe(2)
  expect(out()).toBe('')
  expect(err()).toContain(message)
})

test('- reads standard input', async () => {
  const { io, out } = makeIo({ stdin: JSON.stringify(makeRuleset()) })
  expect(await main(['check', '-'], [check], io, '1')).toBe(0)
  expect(out()).toContain('standard input: sound')
})

test('colour is for terminals, and NO_COLOR takes it away', async () => {
  const text = JSON.stringify(mistaken)
  expect((await checkFile(text, [], { isTTY: true })).out).toContain('\u001b[31m')
  expect((await checkFile(text)).out).not.toContain('\u001b')
  expect((await checkFile(text, [], { isTTY: true, env: { NO_COLOR: '1' } })).out).not.toContain('\u001b')
})

test('control characters in a ruleset never reach the terminal', async () => {
  const { out } = await checkFile('{"version":1,"revision":"r","\\u001b[2J\\u202e":"\\u009b2J"}', [], {
    isTTY: true,
    env: { NO_COLOR: '1' },
  })
  expect(out).toContain('\\u001b')
  expect(out).not.toMatch(/[^\P{Cc}\n]|\u202e/u)
})
