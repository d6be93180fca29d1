import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { publishRuleset } from '@attune/core/publish'
import { type RulesetSource, sealRuleset } from '@attune/storage/ruleset-source'
import { expect, test } from 'vitest'
import { createRulesFile } from '../../src/ruleset/create-rules-file.ts'
import { makeFolder } from '../support/make-folder.ts'
import { makeRuleset } from '../support/make-ruleset.ts'

const SECRET = 'a secret of more than thirty-two characters'

function makeFile(text: string, secret?: string) {
  const path = join(makeFolder({ 'rules.json': text }), 'rules.json')
  const source: RulesetSource = createRulesFile({ path, secret, onError: () => {} })
  // Replaced in one step, as another program should.
  const put = async (next: string): Promise<void> => {
    writeFileSync(`${path}.new`, next)
    renameSync(`${path}.new`, path)
    await source.refresh()
  }
  return { path, source, put }
}

const published = (revision: string): string => JSON.stringify(publishRuleset(makeRuleset({ revision })))

test('a document is published by whoever reads it, and decides as the published one', async () => {
  const { source } = makeFile(JSON.stringify(makeRuleset()))
  expect(await source.load()).toEqual(JSON.parse(published('test.1')))
})

test('what is published is taken as it is, and signed with the secret alone', async () => {
  const plain = makeFile(published('r1'))
  expect((await plain.source.load()).revision).toBe('r1')
  const sealed = JSON.stringify(await sealRuleset(published('r1'), SECRET))
  expect((await makeFile(sealed, `${'another '.repeat(5)},${SECRET}`).source.load()).revision).toBe('r1')
  await expect(makeFile(sealed).source.load()).rejects.toThrow(/is signed\. Set ATTUNE_SECRET/)
  await expect(makeFile(sealed, 'another '.repeat(5)).source.load()).rejects.toThrow(
    /not signed with our secret/,
  )
})

test('it may become another, of another kind too', async () => {
  const { source, put } = makeFile(JSON.stringify(makeRuleset()))
  await source.load()
  await put(published('r2'))
  expect(source.state()).toMatchObject({ state: 'fresh', revision: 'r2' })
  await put(JSON.stringify(makeRuleset({ revision: 'r3' })))
  expect(source.state()).toMatchObject({ state: 'fresh', revision: 'r3' })
})

test.each([
  ['no JSON', '{ "version": 1', /not sound/],
  ['no ruleset', '{ "version": 1 }', /is not sound\. \$.*`attune check` tells all\./],
  ['a member twice', published('r2').replace('{', '{"published":1,'), /not sound/],
  ['a published one that is cut', published('r2').replace('"op":"count"', '"op":"cnt"'), /rules\.json/],
  [
    'a revision that was replaced',
    JSON.stringify(makeRuleset({ revision: 'test.0' })),
    /holds revision test\.0 again/,
  ],
])('%s leaves the last good one in force, and says why', async (_, text, why) => {
  const { source, put } = makeFile(JSON.stringify(makeRuleset({ revision: 'test.0' })))
  await source.load()
  await put(JSON.stringify(makeRuleset()))
  await put(text)
  expect(source.state()).toMatchObject({
    state: 'stale',
    revision: 'test.1',
    trouble: expect.stringMatching(why),
  })
  await put(JSON.stringify(makeRuleset({ revision: 'test.2' })))
  expect(source.state()).toMatchObject({ state: 'fresh', revision: 'test.2' })
})

test('a file that is gone is missed, and taken when it is back', async () => {
  const { source, put, path } = makeFile(JSON.stringify(makeRuleset()))
  await source.load()
  rmSync(path)
  await source.refresh()
  expect(source.state()).toMatchObject({ state: 'stale', trouble: expect.stringContaining('cannot be read') })
  await put(JSON.stringify(makeRuleset({ revision: 'test.2' })))
  expect(source.state()).toMatchObject({ state: 'fresh', revision: 'test.2' })
})
