import { type ConsentChange, createMemoryConsentLog } from '@attune/storage/consent'
import { expect, test } from 'vitest'
import { type AnswerSource, createConsentToday } from '../../src/serve/consent-today.ts'

const SAID = { preferences: true, statistics: false, marketing: true }
const CHANGE = { time: 0, text: '', by: 'choices', region: null, globalPrivacyControl: false }

function open(more: Partial<AnswerSource> = {}) {
  const log = createMemoryConsentLog()
  const today = createConsentToday({ log, pseudonyms: (visitor) => [`p-${visitor}`], ...more })
  const answer = (visitor: string, granted: ConsentChange['granted']) =>
    log.append({ ...CHANGE, pseudonym: `p-${visitor}`, granted })
  return { log, answer, today, of: (visitor: string) => today(visitor, SAID) }
}

test('of whom no answer is known, what is said holds as far as the site takes it for granted wherever they are', async () => {
  expect(await open().of('nobody')).toEqual({})
  expect(await open({ unasked: { US: ['preferences'] } }).of('nobody')).toEqual({})
  const unasked = ['preferences', 'statistics'] as const
  const granted = { preferences: true, statistics: false }
  expect(await open({ unasked }).of('nobody')).toEqual(granted)
  expect(await open({ unasked: { US: [], '*': unasked } }).of('nobody')).toEqual(granted)
})

test('of whom no answer is known, what is said holds where the owner has it believed, and of nobody else', async () => {
  const { answer, of } = open({ believesUnknown: true })
  await answer('v', [])
  expect([await of('nobody'), await of('v')]).toEqual([SAID, {}])
})

test('of two machines the later answer holds', async () => {
  let there = { time: 1, granted: [] as ConsentChange['granted'] }
  const { answer, of } = open({ shared: { read: async () => there } })
  expect(await of('v')).toEqual({})
  await answer('v', ['preferences'])
  expect(await of('v')).toEqual({})
  there = { time: -1, granted: [] }
  expect(await of('v')).toEqual({ preferences: true })
})

test('where nothing stands that machines share, what was answered here refuses and does not grant', async () => {
  const shared = { read: async () => undefined }
  const unasked = ['preferences', 'marketing'] as const
  const { answer, of } = open({ shared })
  await answer('v', ['preferences', 'marketing'])
  expect(await of('v')).toEqual({ preferences: false, marketing: false })
  for (const more of [{ unasked }, { believesUnknown: true }]) {
    const known = open({ shared, ...more })
    await known.answer('v', ['preferences'])
    expect(await known.of('v')).toEqual({ preferences: true })
    await known.answer('v', [])
    expect(await known.of('v')).toEqual({})
  }
})

test('while nobody knows what was answered elsewhere nothing is believed', async () => {
  const read = () => Promise.reject(new Error('away'))
  const { answer, of } = open({ shared: { read }, believesUnknown: true })
  await answer('v', ['preferences'])
  await expect(of('v')).rejects.toThrow('away')
})

test('the last answer takes back what it does not grant, and grants nothing that was said to be refused', async () => {
  const { answer, of } = open()
  await answer('v', ['marketing', 'preferences'])
  await answer('v', ['preferences', 'statistics'])
  expect(await of('v')).toEqual({ preferences: true, statistics: false })
})

test('of what somebody has no word for the last answer holds, and of whom no answer is known nothing does', async () => {
  const { answer, today } = open({ believesUnknown: true, unasked: ['preferences'] })
  await answer('v', ['preferences', 'statistics'])
  const granted = { preferences: true, statistics: true }
  expect([await today('v', {}), await today('v', { marketing: true })]).toEqual([granted, granted])
  expect(await today('v', { statistics: false })).toEqual({ preferences: true, statistics: false })
  expect(await today('nobody', {})).toEqual({})
  expect(await open({ unasked: ['preferences'] }).today('nobody', {})).toEqual({ preferences: false })
})

test('of an account that nobody answered under yet the answer of before the sign-in holds, later its own', async () => {
  const { log, answer, of } = open()
  await answer('desk', ['preferences'])
  await log.absorb(['p-desk'], 'p-account', 0)
  expect(await of('account')).toEqual({ preferences: true })
  await answer('account', ['marketing', 'preferences'])
  expect(await of('account')).toEqual({ marketing: true, preferences: true })
})

test('an old yes of an account does not beat what its person refused since in a browser before the sign-in', async () => {
  const { log, answer, of } = open()
  await answer('account', ['marketing', 'preferences'])
  await answer('phone', ['preferences'])
  await log.absorb(['p-phone'], 'p-account', 0)
  expect(await of('account')).toEqual({ preferences: true })
})
