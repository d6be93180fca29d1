import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileRuleset, decide, emptyProfile, type PublishedRuleset } from '@attune/core'
import { publishRuleset } from '@attune/core/publish'
import { expect, test } from 'vitest'
import { publish } from '../src/commands/publish.ts'
import { main } from '../src/main.ts'
import { formatCount } from '../src/terminal/format.ts'
import { makeFolder } from './support/make-folder.ts'
import { makeIo } from './support/make-io.ts'
import { makeRuleset } from './support/make-ruleset.ts'

async function publishFile(content: unknown, options: readonly string[] = []) {
  const folder = makeFolder({ 'rules.json': JSON.stringify(content) })
  const { io, out, err } = makeIo()
  const code = await main(['publish', join(folder, 'rules.json'), ...options], [publish], io, '1')
  return { code, out: out(), err: err(), folder }
}

function decideFrom(text: string): readonly string[] {
  const compiled = compileRuleset(JSON.parse(text) as PublishedRuleset)
  const question = { profile: emptyProfile(compiled.plan), context: {}, consent: {}, now: 0 }
  return decide(compiled, question).map(({ reason }) => reason)
}

test('a sound ruleset is written in the form that decides', async () => {
  const { code, out, err } = await publishFile(makeRuleset())
  expect([code, err]).toEqual([
    0,
    `Published to standard output: ${formatCount(Buffer.byteLength(out))} bytes, revision test.1.\n`,
  ])
  expect(decideFrom(out)).toEqual(['CONSENT_DENIED'])
  expect(JSON.parse(out).document).toEqual(makeRuleset())
})

test('--no-document leaves the document out', async () => {
  const { code, out } = await publishFile(makeRuleset(), ['--no-document'])
  expect([code, 'document' in JSON.parse(out)]).toEqual([0, false])
  expect(decideFrom(out)).toEqual(['CONSENT_DENIED'])
})

test('--out writes the file and leaves nothing beside it', async () => {
  const folder = makeFolder({ 'published.json': 'old' })
  const path = join(folder, 'published.json')
  const { code, out, err } = await publishFile(makeRuleset(), ['--out', path])
  expect([code, out, readdirSync(folder)]).toEqual([0, '', ['published.json']])
  const bytes = formatCount(readFileSync(path).length)
  expect(err).toBe(`Published to ${path}: ${bytes} bytes, revision test.1.\n`)
  expect(decideFrom(readFileSync(join(folder, 'published.json'), 'utf8'))).toEqual(['CONSENT_DENIED'])
})

test('a ruleset with errors is not published: the file stays as it was', async () => {
  const folder = makeFolder({ 'published.json': 'old' })
  const wrong = makeRuleset({ segments: { keen: { when: { count: 'view_itm', atLeast: 1 } } } })
  const { code, out, err } = await publishFile(wrong, ['--out', join(folder, 'published.json')])
  expect([code, out]).toEqual([1, ''])
  expect(err).toContain('unknown-event')
  expect(readFileSync(join(folder, 'published.json'), 'utf8')).toBe('old')
})

test('warnings are said and do not keep it from being published', async () => {
  const { code, out, err } = await publishFile(makeRuleset({ experiences: [] }))
  expect(code).toBe(0)
  expect(err).toContain('unused-segment')
  expect(JSON.parse(out).published).toBe(1)
})

test('a folder that is not there is exit code 2', async () => {
  const { code, err } = await publishFile(makeRuleset(), ['--out', '/nowhere/at/all.json'])
  expect(code).toBe(2)
  expect(err).toContain('/nowhere/at/all.json')
})

test('what is published already is not published again: the document is asked for', async () => {
  const { code, out, err } = await publishFile(publishRuleset(makeRuleset()))
  expect([code, out]).toEqual([1, ''])
  expect(err).toContain('This is a published ruleset. Give the document that it was published from')
  expect(err).toContain('1 error, 0 warnings.')
})
