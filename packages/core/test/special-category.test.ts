import { expect, test } from 'vitest'
import { checkRuleset } from '../src/check.ts'
import { type SpecialCategory, specialCategoryOf } from '../src/ruleset/special-category.ts'
import { makeWholeRuleset } from './support/conditions.ts'

const SPEAKS: { readonly [Category in SpecialCategory]: readonly string[] } = {
  health: [
    'health_goal',
    'isPregnant',
    'has-diabetes',
    'DIAGNOSIS',
    'blood_pressure',
    'food_allergies',
    'santé',
  ],
  'religion or belief': ['religion', 'muslim-visitors', 'buysHalal', 'church_member', 'christian_holidays'],
  'sexual life or orientation': [
    'sexual_orientation',
    'sexLife',
    'lgbt-friendly',
    'gay_travellers',
    'gender identity',
  ],
  'political opinion': ['political_party', 'republicans', 'left-wing', 'voting intention', 'parteimitglied'],
  'trade union membership': ['trade_union', 'unionMember', 'union', 'gewerkschaft'],
  'biometric or genetic data': ['biometrics', 'faceId', 'dna_kit', 'voice-print', 'fingerprint', 'irisScan'],
  'racial or ethnic origin': ['ethnicity', 'race', 'skin_colour', 'Latinx customers', 'african-american'],
  'criminal record': ['criminal_record', 'convictions', 'ex-offender', 'isFelon', 'Vorstrafen'],
}

const INNOCENT = [
  'high-intent', 'newsletter', 'item_category', 'price', 'email', 'hobbies', 'returning', 'race_bib', 'race-day-shoppers',
  'credit-union-lead', 'european_union', 'screen_orientation', 'notifications_disabled', 'party_size', 'third-party',
  'vote_count', 'christian-dior-fans', 'crime_novels', 'prison-break-merch', 'retina_display', 'cart_value',
  'healthy_food', 'wealth', 'stealth-mode', 'embrace', 'fingerprint_lock', 'brand', 'sextant', 'Essex', 'unionjack',
  'colour', 'gayle', 'tribute', 'cancelled', 'faithful-buyers', 'churn_risk', 'policy', 'polite', 'server_health_check',
  'battery_health', 'symptomless', 'scenic', 'bmigration', 'origin', 'gender', 'age_band', 'constructor', 'toString',
] // biome-ignore format: a list of words

test.each(Object.entries(SPEAKS))('names that speak of %s are found', (category, names) => {
  expect(names.map((name) => [name, specialCategoryOf(name)])).toEqual(names.map((name) => [name, category]))
})

test('names that only look alike are not', () => {
  expect(INNOCENT.filter((name) => specialCategoryOf(name) !== undefined)).toEqual([])
})

const plain = makeWholeRuleset({ consent: 'marketing' })
const errorsOf = (more: object) =>
  checkRuleset({ ...plain, ...more })
    .filter(({ severity }) => severity === 'error')
    .map(({ path, code, value }) => [path, code, value])

const events = { ...plain.events, quiz: { properties: { diagnosis: 'string', size: 'string' } } }
const traits = { ...plain.traits, religion: { type: 'string' } }
const segments = { ...plain.segments, 'is-pregnant': { when: { consent: 'marketing' } } }

test('traits, segments and properties of such names are refused', () => {
  expect(errorsOf({ traits, segments, events })).toEqual([
    ['$.traits.religion', 'special-category', 'religion'],
    ['$.segments["is-pregnant"]', 'special-category', 'is-pregnant'],
    ['$.events.quiz.properties.diagnosis', 'special-category', 'diagnosis'],
  ])
})

test('a reason that somebody could judge lets one name pass, and no other', () => {
  const specialCategories = { religion: 'Explicit consent, asked in the profile form (Art. 9(2)(a))' }
  expect(errorsOf({ traits, segments, specialCategories })).toEqual([
    ['$.segments["is-pregnant"]', 'special-category', 'is-pregnant'],
  ])
})

test.each([[''], ['because'], ['            '], [true], [null]])('%j is no reason', (reason) => {
  expect(errorsOf({ traits, specialCategories: { religion: reason } })).toEqual([
    ['$.specialCategories.religion', 'special-category-reason', reason],
  ])
})
