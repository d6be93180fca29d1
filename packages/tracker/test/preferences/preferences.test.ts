import { expect, test } from 'vitest'
import { isSameAnswer, readQuestions } from '../../src/preferences/question.ts'
import { ENGLISH, readTexts } from '../../src/preferences/texts.ts'

test('questions are read from JSON, and what is none is left out', () => {
  const given = [
    { trait: 'newsletter', label: 'Letters' },
    { trait: 'tier', label: 'Tier', choices: ['gold', { value: 's', label: 'Silver' }, 7] },
    { trait: 'sports', label: 'Sports', as: 'choices', choices: [], about: 'Why' },
    { label: 'nothing' },
    null,
  ]
  expect(readQuestions(JSON.stringify(given))).toEqual([
    { trait: 'newsletter', label: 'Letters', as: 'switch', choices: [] },
    {
      trait: 'tier',
      label: 'Tier',
      as: 'choice',
      choices: [
        { value: 'gold', label: 'gold' },
        { value: 's', label: 'Silver' },
      ],
    },
    { trait: 'sports', label: 'Sports', as: 'choices', choices: [], about: 'Why' },
  ])
  expect([readQuestions(null), readQuestions('{'), readQuestions('7')]).toEqual([[], [], []])
})

test.each([
  [true, true, true],
  [false, null, false],
  [null, undefined, true],
  [['a', 'b'], ['b', 'a'], true],
  [[], null, true],
  ['43', 43, false],
])('the answers %j and %j are the same: %j', (one, other, isSame) => {
  expect(isSameAnswer(one, other)).toBe(isSame)
})

test('a site says what it wants to say otherwise, as text', () => {
  expect(readTexts('{"save":"Sichern","nothing":"x","title":7}')).toEqual({ ...ENGLISH, save: 'Sichern' })
  expect([readTexts(null), readTexts('{')]).toEqual([ENGLISH, ENGLISH])
})
