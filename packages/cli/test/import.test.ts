import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importCommand } from '../src/commands/import.ts'
import { main } from '../src/main.ts'
import { makeFolder } from './support/make-folder.ts'
import { makeIo } from './support/make-io.ts'

async function importFile(content: string, options: readonly string[] = [], tool = 'growthbook') {
  const folder = makeFolder({ 'germans.json': content })
  const { io, out, err } = makeIo()
  const file = join(folder, 'germans.json')
  const code = await main(['import', tool, file, ...options], [importCommand], io, '1')
  return { code, out: out(), err: err(), folder }
}

const GERMANS = '{"country":"DE"}'
const SEGMENTS = { segments: { germans: { label: 'germans', when: { attr: 'geo.country', is: 'DE' } } } }

test('prints the segments, named after the file', async () => {
  const { code, out, err } = await importFile(GERMANS, ['--map', 'country=geo.country'])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toEqual(SEGMENTS)
  expect(err).toContain('1 segment, 0 refusals.')
  expect(err).toContain('geo.country  text')
})

test('what is refused is told, and is exit code 1', async () => {
  const { code, out, err } = await importFile('{"tags":{"$size":2}}')
  expect(code).toBe(1)
  expect(JSON.parse(out)).toEqual({ segments: {} })
  expect(err).toContain('$.tags["$size"]')
  expect(err).toContain('The length of a list is not asked for here.')
})

test('--out writes the segments into a file, --key names one', async () => {
  const target = join(makeFolder(), 'segments.json')
  const { code, out } = await importFile(GERMANS, [
    ...['--out', target, '--key', 'de', '--map', 'country=geo.country'],
  ])
  expect({ code, out }).toEqual({ code: 0, out: '' })
  expect(Object.keys(JSON.parse(readFileSync(target, 'utf8')).segments)).toEqual(['de'])
})

test('--json tells all in one document', async () => {
  const { out, err } = await importFile(GERMANS, ['--json', '--map', 'country=geo.country'])
  expect(JSON.parse(out)).toMatchObject({
    ...SEGMENTS,
    refused: [],
    assumed: [{ attribute: 'country', path: 'geo.country', types: ['text'] }],
  })
  expect(err).toBe('')
})

test('another tool, a missing file and broken JSON are exit code 2', async () => {
  expect(await importFile(GERMANS, [], 'abtasty')).toMatchObject({
    code: 2,
    err: expect.stringContaining('There is no importer for "abtasty". Use growthbook or traits.'),
  })
  expect(await importFile('{"a":1,"a":2}')).toMatchObject({ code: 2, err: expect.stringContaining('$.a') })
  const { io, err } = makeIo()
  expect(await main(['import', 'growthbook', '/nowhere.json'], [importCommand], io, '1')).toBe(2)
  expect(err()).toContain('There is no file "/nowhere.json".')
})
