import { parseEvent, readRecordedContext } from '@attune/core'
import { describe, expect, test } from 'vitest'

const EVENT = { id: 'a', name: 'page_view', time: 1_000, properties: {} }
const WHOLE = {
  utm: { source: 'a', medium: 'b', campaign: 'c', term: 'd', content: 'e' },
  referrer: { host: 'news.example' },
  url: { path: '/' },
}

function contextOf(context: unknown): unknown {
  const parsed = parseEvent({ ...EVENT, context })
  return parsed.ok ? parsed.value.context : parsed.problems[0]?.path
}

describe('the recorded context of an event', () => {
  test('is taken as it is', () => {
    expect(parseEvent({ ...EVENT, context: WHOLE })).toEqual({
      ok: true,
      value: { ...EVENT, context: WHOLE },
    })
  })

  test.each([
    ['left out', undefined],
    ['null', null],
    ['empty', {}],
    ['of other members', { geo: { country: 'GB' } }],
  ])('%s leaves the event without one', (_, context) => {
    expect(parseEvent({ ...EVENT, context })).toEqual({ ok: true, value: EVENT })
  })

  test.each([
    ['text', 'newsletter'],
    ['a list', []],
    ['a number', 1],
    ['true', true],
  ])('that is %s is refused, and the place named', (_, context) => {
    expect(contextOf(context)).toBe('$.context')
  })

  test('loses members that nobody knows', () => {
    const context = { ...WHOLE, utm: { ...WHOLE.utm, id: 'x' }, url: { path: '/', host: 'a' }, device: {} }
    expect(contextOf(context)).toEqual(WHOLE)
  })

  test.each([
    ['a number', 7],
    ['a list', ['a']],
    ['null', null],
    ['an object', {}],
    ['no characters', ''],
    ['half a character', '\ud800'],
    ['1,025 characters', 'x'.repeat(1_025)],
  ])('loses a member of %s', (_, source) => {
    expect(contextOf({ utm: { source, medium: 'email' } })).toEqual({ utm: { medium: 'email' } })
  })

  test('keeps a text of 1,024 characters', () => {
    const path = `/${'x'.repeat(1_023)}`
    expect(contextOf({ url: { path } })).toEqual({ url: { path } })
  })

  test('loses a group that is no object', () => {
    expect(contextOf({ utm: 'newsletter', referrer: ['a'], url: { path: '/' } })).toEqual({
      url: { path: '/' },
    })
  })

  test('takes nothing from what an object inherits', () => {
    expect(readRecordedContext(Object.create(WHOLE))).toBeUndefined()
    expect(readRecordedContext({ utm: Object.create(WHOLE.utm) })).toBeUndefined()
  })

  test('can be read for some paths alone', () => {
    expect(readRecordedContext(WHOLE, ['utm.source', 'url.path'])).toEqual({
      utm: { source: 'a' },
      url: { path: '/' },
    })
  })
})
