import { seal, toPayload } from '@attune/core'
import { expect, test } from 'vitest'
import { createPreview, type Preview, readPreview } from '../src/preview/preview.ts'
import { keys, NOW } from './make.ts'

const exp = NOW / 1000 + 60
const full: Preview = {
  exp,
  now: NOW - 5,
  assume: { hiker: true },
  context: { geo: { country: 'NO' } },
  consent: { preferences: true },
  profile: 'empty',
}

test('a preview is read as it was made', () => {
  expect(readPreview(keys, 'site', createPreview(keys, 'site', full), NOW)).toEqual(full)
  expect(readPreview(keys, 'site', createPreview(keys, 'site', { exp }), NOW)).toEqual({ exp })
})

test('a preview is void from its last second', () => {
  const text = createPreview(keys, 'site', { exp })
  expect(readPreview(keys, 'site', text, exp * 1000 - 1)).toEqual({ exp })
  expect(readPreview(keys, 'site', text, exp * 1000)).toBeUndefined()
})

test('a preview of another site, changed or unsigned is none', () => {
  const text = createPreview(keys, 'site', full)
  const spoilt = [
    createPreview(keys, 'other', full),
    `${text}x`,
    text.slice(1),
    text.replace('v1', 'v2'),
    '',
    'x'.repeat(5_000),
  ]
  expect(spoilt.map((value) => readPreview(keys, 'site', value, NOW))).toEqual(spoilt.map(() => undefined))
})

test.each([
  null,
  [],
  {},
  { exp: 'soon' },
  { exp, now: 'later' },
  { exp, now: -1 },
  { exp, now: 1e300 },
  { exp, assume: [] },
  { exp, context: 5 },
  { exp, consent: 'all' },
])('a signed preview of %j is none', (value) => {
  expect(readPreview(keys, 'site', seal(keys, 'preview', 'site', toPayload(value)), NOW)).toBeUndefined()
})
