import { expect, test } from 'vitest'
import { defaultOf } from '../../src/blocks/adaptive/use-variants.ts'
import { variantsIn } from '../../src/blocks/variant/variant.ts'
import {
  type Answers,
  type Choosable,
  chooseVariant,
  showsAudience,
} from '../../src/editor/view-as/choose-variant.ts'
import { makeVariant } from './make-blocks.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const ANSWERS: Answers = { yes: true, also: true, no: false, unknown: null }
const EARLIER = '2026-05-01T00:00:00Z'
const LATER = '2026-07-01T00:00:00Z'

const variant = (changes: Partial<Choosable>): Choosable => ({
  segments: [],
  match: 'any',
  isDefault: false,
  from: '',
  until: '',
  ...changes,
})
const DEFAULT = variant({ isDefault: true })
const isChosen = (changes: Partial<Choosable>): boolean =>
  chooseVariant([variant(changes), DEFAULT], ANSWERS, NOW) === 0

test.each<[string, Partial<Choosable>, boolean]>([
  ['any of one that matches', { segments: ['yes'] }, true],
  ['any of several of which one matches', { segments: ['no', 'unknown', 'yes'] }, true],
  ['any of those that do not', { segments: ['no', 'unknown'] }, false],
  ['all that match', { match: 'all', segments: ['yes', 'also'] }, true],
  ['all of which one is unknown', { match: 'all', segments: ['yes', 'unknown'] }, false],
  ['none of those that do not match', { match: 'none', segments: ['no'] }, true],
  ['none, one being unknown', { match: 'none', segments: ['no', 'unknown'] }, false],
  ['none, one matching', { match: 'none', segments: ['no', 'yes'] }, false],
  ['any that names a deleted segment', { segments: ['yes', 'gone'] }, false],
  ['none that names a deleted segment', { match: 'none', segments: ['no', 'gone'] }, false],
  ['somebody, nobody knows how', { match: 'nobody', segments: ['yes'], from: EARLIER }, false],
  ['nobody chosen', {}, false],
  ['nobody chosen within its schedule', { from: EARLIER }, true],
  ['nobody chosen before its schedule', { from: LATER }, false],
  ['somebody within the schedule', { segments: ['yes'], from: EARLIER, until: LATER }, true],
  ['somebody at the end of the schedule', { segments: ['yes'], until: '2026-06-01T12:00:00Z' }, false],
  ['somebody at the beginning of the schedule', { segments: ['yes'], from: '2026-06-01T12:00:00Z' }, true],
  ['a schedule that is none', { segments: ['yes'], from: 'soon' }, false],
])('a variant for %s is chosen or not', (_, changes, expected) => {
  expect(isChosen(changes)).toBe(expected)
})

test('the first that matches is chosen, not the best', () => {
  const variants = [
    variant({ segments: ['no'] }),
    variant({ segments: ['also'] }),
    variant({ segments: ['yes'] }),
  ]
  expect(chooseVariant([...variants, DEFAULT], ANSWERS, NOW)).toBe(1)
})

test('a default takes nobody in by its segments', () => {
  const variants = [variant({ segments: ['yes'], isDefault: true }), variant({ segments: ['also'] })]
  expect(chooseVariant(variants, ANSWERS, NOW)).toBe(1)
})

test('of two defaults the first counts, as on the page', () => {
  expect(chooseVariant([variant({ segments: ['no'] }), DEFAULT, DEFAULT], ANSWERS, NOW)).toBe(1)
  const [first, second] = [makeVariant({ isDefault: true }), makeVariant({ isDefault: true })]
  expect(defaultOf(variantsIn([first, second]))?.clientId).toBe(first.clientId)
})

test('without a default nobody else sees anything', () => {
  expect(chooseVariant([variant({ segments: ['no'] })], ANSWERS, NOW)).toBe(-1)
})

test.each<[string, Parameters<typeof showsAudience>, boolean]>([
  ['is for nobody in particular', ['any', [], ANSWERS], true],
  ['is for one of several', ['any', ['no', 'yes'], ANSWERS], true],
  ['is for somebody unknown', ['any', ['unknown'], ANSWERS], false],
  ['is for all of several', ['all', ['yes', 'no'], ANSWERS], false],
  ['is hidden from somebody', ['none', ['yes'], ANSWERS], false],
  ['is hidden from somebody unknown', ['none', ['unknown'], ANSWERS], true],
  ['is hidden from a deleted segment', ['none', ['gone', 'yes'], ANSWERS], true],
  ['says what nobody can read', ['nobody', ['yes'], ANSWERS], false],
  ['is for a deleted segment', ['any', ['gone', 'yes'], ANSWERS], false],
])('a block that %s is shown or not', (_, given, expected) => {
  expect(showsAudience(...given)).toBe(expected)
})
