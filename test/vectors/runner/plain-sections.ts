import {
  type Allocation,
  bucketOf,
  createSealKeys,
  decodeCode,
  decodeToken,
  decodeVisitor,
  encodeCode,
  encodeToken,
  encodeVisitor,
  evaluateSegments,
  murmur3,
  parseDuration,
  parseInstant,
  type SealKeys,
  seal,
  unseal,
  type Variants,
} from '@attune/core'
import { readJson } from '@attune/core/json'
import { expect } from 'vitest'
import { cutAllocation, cutAt } from '../../../packages/core/src/allocation/allocation.ts'
import type { Section } from './ask-sections.ts'
import type { Fields } from './read-vectors.ts'
import { readCompiled, readInstant, readQuestion, readRuleset, VISITOR_FIELDS } from './visitor-fields.ts'

/** Strict reading: `text`, or `before`, `repeat` as many times as `times`, and `after`. */
export const json: Section = {
  fields: ['text', 'before', 'repeat', 'times', 'after'],
  expects: ['value', 'code', 'path'],
  run: ({ text, before = '', repeat = '', times = 0, after = '' }, expected) => {
    const read = readJson(
      (text as string | undefined) ?? `${before}${String(repeat).repeat(times as number)}${after}`,
    )
    const [problem] = read.ok ? [] : read.problems
    if (Object.hasOwn(expected, 'value')) expect(read.ok ? read.value : problem).toStrictEqual(expected.value)
    else if (Object.hasOwn(expected, 'code'))
      expect({ code: problem?.code, path: problem?.path }).toEqual(expected)
    else expect(read.ok).toBe(true)
  },
}

/** RFC 3339 as whole seconds. */
export const instant: Section = {
  fields: ['text'],
  expects: ['seconds'],
  run: ({ text }, { seconds }) => expect(parseInstant(text) ?? null).toBe(seconds),
}

/** `<n><unit>` as whole seconds. */
export const duration: Section = {
  fields: ['text'],
  expects: ['seconds'],
  run: ({ text }, { seconds }) => expect(parseDuration(text) ?? null).toBe(seconds),
}

/** MurmurHash3 x86 32 of UTF-8. */
export const hash: Section = {
  fields: ['text', 'seed'],
  expects: ['hash'],
  run: ({ text, seed }, { hash }) => expect(murmur3(text as string, seed as number | undefined)).toBe(hash),
}

/** Where a visitor falls on an axis. */
export const bucket: Section = {
  fields: ['visitor', 'key'],
  expects: ['bucket'],
  run: ({ visitor, key }, { bucket }) => expect(bucketOf(visitor as string, key as string)).toBe(bucket),
}

/** Which variant a bucket gets; `null` is left out. */
export const share: Section = {
  fields: ['allocation', 'bucket', 'from'],
  expects: ['variant'],
  run: ({ allocation, bucket, from = 0 }, { variant }) => {
    const cuts = cutAllocation(allocation as Allocation, from as number)
    expect(cuts[cutAt(cuts, from as number, bucket as number)]?.[0] ?? null).toBe(variant)
  },
}

/** Sealing: with `text` it opens, without it seals. */
export const sealed: Section = {
  fields: ['secrets', 'kind', 'binding', 'payload', 'text'],
  expects: ['text', 'payload'],
  run: (fields, expected) => {
    const { kind, binding, payload, text } = fields as {
      kind: 'code'
      binding: string
      payload: string
      text?: string
    }
    if (text === undefined) expect(seal(keysOf(fields), kind, binding, payload)).toBe(expected.text)
    else expect(unseal(keysOf(fields), kind, binding, text) ?? null).toBe(expected.payload)
  },
}

/** The signed visitor id: with `text` it is read, without it is written. */
export const visitor: Section = {
  fields: ['secrets', 'site', 'visitor', 'text'],
  expects: ['text', 'visitor'],
  run: (fields, expected) => {
    const { site, visitor, text } = fields as { site: string; visitor: string; text?: string }
    if (text === undefined) expect(encodeVisitor(keysOf(fields), site, visitor)).toBe(expected.text)
    else expect(decodeVisitor(keysOf(fields), site, text) ?? null).toBe(expected.visitor)
  },
}

/** The code of a route's variants: with `text` it is read, without it is written. */
export const code: Section = {
  fields: ['secrets', 'site', 'ruleset', 'route', 'variants', 'text'],
  expects: ['text', 'variants'],
  run: (fields, expected) => {
    const { site, route, variants, text } = fields as {
      site: string
      route: string
      variants: Variants
      text?: string
    }
    const ruleset = readRuleset(fields)
    if (text === undefined)
      expect(encodeCode(keysOf(fields), site, ruleset, route, variants)).toBe(expected.text)
    else expect(decodeCode(keysOf(fields), site, ruleset, route, text) ?? null).toEqual(expected.variants)
  },
}

/** The visitor token: with `text` it is read at `now` and the segments are asked, without it is issued at `now`. */
export const token: Section = {
  fields: [...VISITOR_FIELDS, 'secrets', 'site', 'visitor', 'utcOffset', 'text'],
  expects: ['text', 'opens', 'utcOffset', 'segments'],
  run: (fields, expected) => {
    const compiled = readCompiled(fields)
    const { utcOffset = null, text } = fields as { utcOffset?: number; text?: string }
    const owner = { site: fields.site as string, visitor: fields.visitor as string }
    if (text === undefined) {
      const { profile, now } = readQuestion(fields, compiled)
      const issued = encodeToken(keysOf(fields), owner, compiled, {
        profile,
        issuedAt: Math.floor(now / 1000),
        utcOffset,
      })
      return expect(issued).toBe(expected.text)
    }
    const now = readInstant(fields.now)
    const read = decodeToken(keysOf(fields), owner, compiled, text, Math.floor(now / 1000))
    expect(read !== undefined).toBe(expected.opens)
    if (read === undefined) return
    const question = {
      ...readQuestion({ now: fields.now, consent: fields.consent } as Fields, compiled),
      profile: read.profile,
    }
    const answers = Object.entries(evaluateSegments(compiled, question)).map(([key, { match }]) => [
      key,
      match,
    ])
    expect({ utcOffset: read.utcOffset, segments: Object.fromEntries(answers) }).toEqual({
      utcOffset: expected.utcOffset ?? null,
      segments: expected.segments ?? {},
    })
  },
}

function keysOf({ secrets }: Fields): SealKeys {
  return createSealKeys(secrets as readonly string[])
}
