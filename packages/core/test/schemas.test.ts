import { describe, expect, test } from 'vitest'
import { generateSchemas, renderSchema } from '../scripts/generate-schemas.ts'
import { checkRuleset } from '../src/check.ts'
import { KINDS } from '../src/condition/condition.ts'
import { emptyHistory, foldEvents, isObject, parseEvent } from '../src/index.ts'
import { planRuleset } from '../src/publish.ts'
import { makeWholeRuleset, SOUND } from './support/conditions.ts'
import { makeValidator, readSchema } from './support/json-schemas.ts'
import { type Spoilt, spoil } from './support/spoil.ts'

// What only the checker can see: names that must be declared, types, and what two values say together.
const BEYOND_A_SCHEMA =
  /^(unknown-(event|property|trait|segment|interest|score|funnel|stage|rfm|placement|variant|timezone)|type-mismatch|window-over-retention|empty-window|empty-span|percentiles?|no-percentiles|no-model|between|cut-points|event-property|duplicate-.*|cycle)$/

// Whatever `$schema` says, only editors look at it.
const { $schema: _, ...whole } = makeWholeRuleset({ consent: 'marketing' })

function errorsOf(document: unknown): readonly string[] {
  const errors = checkRuleset(document).filter(({ severity }) => severity === 'error')
  return errors.map(({ code, path }) => `${code} ${path}`)
}

describe('the committed schemas', () => {
  const generated = generateSchemas()

  test.each(Object.keys(generated))('%s is what the types say (else: npm run schemas)', (file) => {
    expect(readSchema(file)).toBe(renderSchema(generated[file] ?? {}))
  })

  test.each(Object.keys(generated))('%s describes every member for the reader in an editor', (file) => {
    expect(silentMembers(JSON.parse(readSchema(file)))).toEqual([])
  })

  test('an editor is offered every kind of condition', () => {
    const { $defs } = JSON.parse(readSchema('ruleset.schema.json'))
    expect(Object.keys($defs.Condition.else.properties)).toEqual([...KINDS])
  })
})

describe('the schema of rulesets and the checker', () => {
  const schema = makeValidator('ruleset')

  test.each(SOUND)('both accept %j', (when) => {
    expect(errorsOf(makeWholeRuleset(when))).toEqual([])
    expect(schema(makeWholeRuleset(when))).toEqual([])
  })

  test('every kind but model stands among what both accept', () => {
    const text = JSON.stringify(SOUND)
    expect(KINDS.filter((kind) => !text.includes(`"${kind}":`))).toEqual(['model'])
  })

  test.each(SOUND)('they judge alike whatever is spoilt in %j', (when) => {
    const spoilt = spoil(when).map((one) => ({ ...one, document: makeWholeRuleset(one.document) }))
    expect(spoilt.flatMap(disagreement)).toEqual([])
  })

  test('they judge alike whatever is spoilt around the conditions', () => {
    expect(spoil(whole).flatMap(disagreement)).toEqual([])
  })

  // What the schema underlines must be an error; an error it can see must be underlined.
  function disagreement({ change, document }: Spoilt): readonly string[] {
    const underlined = schema(document)
    const errors = errorsOf(document)
    const visible = errors.filter((error) => !BEYOND_A_SCHEMA.test(error.split(' ')[0] ?? ''))
    if (underlined.length > 0 && errors.length === 0) return [`${change}: only the schema: ${underlined}`]
    if (underlined.length === 0 && visible.length > 0) return [`${change}: only the checker: ${visible}`]
    return []
  }

  test.each([
    [{ all: [] }, '/segments/asked/when/all must NOT have fewer than 1 items'],
    [{ count: 'view_item' }, "/segments/asked/when must have required property 'atLeast'"],
    [
      { count: 'view_item', atLeast: 1, atMost: 2 },
      '/segments/asked/when must match exactly one schema in oneOf',
    ],
    [{ count: 'view_item', atLeast: 1.5 }, '/segments/asked/when/atLeast must be integer'],
    [{ attr: 'geo.land', is: 'GB' }, '/segments/asked/when/attr must be equal to one of the allowed values'],
    [
      { attr: 'session.number', between: [1] },
      '/segments/asked/when/between must NOT have fewer than 2 items',
    ],
    [{ coutn: 'view_item', atLeast: 1 }, '/segments/asked/when must NOT have additional properties'],
  ])('%j is underlined where the mistake is', (when, message) => {
    const problems = schema(makeWholeRuleset(when))
    expect(problems).toContain(message)
    expect(problems.every((problem) => problem.startsWith('/segments/asked/when'))).toBe(true)
  })
})

test('the profile schema describes what folding makes, in every kind of signal', () => {
  const counts = [
    { count: 'view_item', atLeast: 40 },
    { count: 'view_item', within: '7d', atLeast: 40 },
  ]
  const plan = planRuleset(makeWholeRuleset({ all: [...SOUND, ...counts] }))
  const event = {
    id: 'e1',
    name: 'view_item',
    time: 1e12,
    properties: { item_id: 'a', item_category: 'hiking', price: 60, gift: true },
    context: { utm: { source: 'newsletter' } },
  }
  const { profile } = foldEvents(emptyHistory(plan), [event], plan, () => []).history
  const kinds = ['times', 'total', 'ring', 'distinct', 'interest', 'score', 'periods', 'chain', 'touch']
  expect(new Set(plan.signals.map(({ kind }) => kind))).toEqual(new Set(kinds))
  const schema = makeValidator('profile')
  expect(schema(profile)).toEqual([])
  expect(schema({ ...profile, email: 'a@example.com' })).not.toEqual([])
})

test.each([
  [{ id: 'e1', name: 'view_item', time: 1e12, properties: { a: 1 } }, true],
  [{ id: 'e1', name: 'view_item', time: 1e12, context: { utm: { source: 'newsletter' } } }, true],
  [{ id: 'e1', name: 'view_item', time: 1e12 }, true],
  [{ id: '', name: 'view_item', time: 1e12 }, false],
  [{ id: 'e1', name: 'view item', time: 1e12 }, false],
  [{ id: 'e1', name: 'view_item', time: -1 }, false],
  [{ id: 'e1', name: 'view_item', time: '2026' }, false],
  [{ id: 'e1', name: 'view_item', time: 1e12, properties: [] }, false],
  [{ id: 'e1', name: 'view_item', time: 1e12, properties: { constructor: 1 } }, false],
])('the event schema and parseEvent agree on %j', (event, isSound) => {
  expect(makeValidator('event')(event).length === 0).toBe(isSound)
  expect(parseEvent(event).ok).toBe(isSound)
})

interface Schema {
  readonly [keyword: string]: unknown
}

/** Members that neither say what they are nor refer to something that does. */
function silentMembers(root: Schema): readonly string[] {
  const definitions = membersOf(root.$defs)
  const described = new Set(definitions.filter(([, schema]) => isDescribed(schema)).map(([name]) => name))
  return look(root, '')

  function look(value: unknown, path: string): readonly string[] {
    if (Array.isArray(value)) return value.flatMap((item, at) => look(item, `${path}/${at}`))
    return membersOf(value).flatMap(([keyword, part]) => {
      if (keyword !== 'properties' && keyword !== '$defs') return look(part, `${path}/${keyword}`)
      return membersOf(part).flatMap(([name, schema]) => {
        const place = `${path}/${keyword}/${name}`
        return [...(speaks(schema) ? [] : [place]), ...look(schema, place)]
      })
    })
  }

  function speaks(schema: Schema): boolean {
    return isDescribed(schema) || described.has(String(schema.$ref).replace('#/$defs/', ''))
  }
}

function isDescribed({ description }: Schema): boolean {
  return typeof description === 'string' && description !== ''
}

function membersOf(value: unknown): readonly (readonly [string, Schema])[] {
  return isObject(value) ? Object.entries(value as { readonly [name: string]: Schema }) : []
}
