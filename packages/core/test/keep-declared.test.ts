import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type EventDefinition, keepDeclared } from '../src/index.ts'

const PURCHASE: EventDefinition = {
  properties: { value: 'number', currency: 'string', gift: 'boolean', items: 'number' },
  bounds: { value: { atLeast: 0, atMost: 2_000 }, items: { atMost: 100 } },
  defaults: { currency: 'EUR', gift: false },
  required: ['value'],
}

function keep(properties: object) {
  return keepDeclared({ ...properties }, PURCHASE)
}

describe('a value that is far off', () => {
  test.each([
    [{ value: 3_000 }, 2_000],
    [{ value: -1 }, 0],
    [{ value: 1e308 }, 2_000],
    [{ value: 1_999.5 }, 1_999.5],
  ])('%j is held within its bounds', (given, value) => {
    expect(keep(given)).toMatchObject({ properties: { value } })
  })

  test('is held on the side that has a bound alone', () => {
    expect(keep({ value: 1, items: 101 })).toMatchObject({ properties: { items: 100 } })
    expect(keep({ value: 1, items: -101 })).toMatchObject({ properties: { items: -101 } })
  })
})

describe('a value that is missing', () => {
  test('gets its default', () => {
    expect(keep({ value: 1, gift: null })).toEqual({ properties: { value: 1, currency: 'EUR', gift: false } })
  })

  test('that is required refuses the event, and says which', () => {
    expect(keep({ currency: 'GBP' })).toEqual({
      reason: 'missing-field',
      message: 'The property value is missing. Send it.',
    })
  })

  test('with neither stays missing', () => {
    expect(keep({ value: 1 })).not.toHaveProperty('properties.items')
  })

  test('is not found in what an object inherits', () => {
    const definition: EventDefinition = {
      properties: { item_id: 'string' },
      defaults: Object.create({ item_id: 'inherited' }),
    }
    expect(keepDeclared({}, definition)).toEqual({ properties: {} })
  })
})

// Winsorised values lie between 0 and B, so that a visitor moves a mean over n visitors by at most B / n.
test('one visitor moves the mean of a site by no more than 0.1 %, whatever is sent, once the site has 1,000 visitors for each time that the bound holds the mean', () => {
  const bound = 200
  const definition: EventDefinition = {
    properties: { value: 'number' },
    bounds: { value: { atLeast: 0, atMost: bound } },
  }
  const held = (value: number): number => {
    const kept = keepDeclared({ value }, definition)
    return 'properties' in kept ? Number(kept.properties.value) : Number.NaN
  }
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  const anyValue = fc.double({ noNaN: true, noDefaultInfinity: true })
  const usual = fc.array(fc.double({ min: 20, max: 180, noNaN: true }), { minLength: 20, maxLength: 20 })
  fc.assert(
    fc.property(usual, anyValue, (values, outlier) => {
      const count = Math.ceil((1_000 * bound) / mean(values) / values.length)
      const site = Array.from({ length: count }, () => values)
        .flat()
        .map(held)
      const before = mean(site)
      return Math.abs(mean([...site, held(outlier)]) - before) <= 0.001 * before
    }),
    { numRuns: 200, seed: 1 },
  )
})
