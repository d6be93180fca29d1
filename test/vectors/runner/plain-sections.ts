import type { Allocation } from '@attune/core'
import { expect } from 'vitest'
import { cutAllocation } from '../../../packages/core/src/allocation/allocation.ts'
import { layRuleset, layVisit, VISITOR_FIELDS } from './lay-visit.ts'
import type { Section } from './sections.ts'

type Judge = Section['judge']

// Most answers are written in the vector as they are given.
const same: Judge = (answer, expected) => expect(answer).toEqual(expected)

/** Strict reading: `text`, or `before`, `repeat` as many times as `times`, and `after`. */
export const json: Section = {
  fields: ['text', 'before', 'repeat', 'times', 'after'],
  expects: ['value', 'code', 'path'],
  lay: ({ text, before = '', repeat = '', times = 0, after = '' }) => ({
    ask: 'read-json',
    text: (text as string | undefined) ?? `${before}${String(repeat).repeat(times as number)}${after}`,
  }),
  judge: (answer, expected) => {
    if (Object.keys(expected).length > 0) expect(answer).toStrictEqual(expected)
    else expect(Object.keys(answer)).toEqual(['value'])
  },
}

/** RFC 3339 as whole seconds. */
export const instant: Section = {
  fields: ['text'],
  expects: ['seconds'],
  lay: ({ text }) => ({ ask: 'instant', text: text as string }),
  judge: same,
}

/** `<n><unit>` as whole seconds. */
export const duration: Section = {
  fields: ['text'],
  expects: ['seconds'],
  lay: ({ text }) => ({ ask: 'duration', text: text as string }),
  judge: same,
}

/** The cookie that sessions are counted in, at `now` in milliseconds. */
export const session: Section = {
  fields: ['cookie', 'now'],
  expects: ['session'],
  lay: ({ cookie, now }) => ({ ask: 'session', cookie: cookie as string, now: now as number }),
  judge: same,
}

/** MurmurHash3 x86 32 of UTF-8. */
export const hash: Section = {
  fields: ['text', 'seed'],
  expects: ['hash'],
  lay: ({ text, seed = 0 }) => ({ ask: 'hash', text: text as string, seed: seed as number }),
  judge: same,
}

/** Where a visitor falls on an axis. */
export const bucket: Section = {
  fields: ['visitor', 'key'],
  expects: ['bucket'],
  lay: ({ visitor, key }) => ({ ask: 'bucket', visitor: visitor as string, key: key as string }),
  judge: same,
}

/** Which variant a bucket gets; `null` is left out. */
export const share: Section = {
  fields: ['allocation', 'bucket', 'from'],
  expects: ['variant'],
  lay: (fields) => {
    const {
      allocation,
      bucket,
      from = 0,
    } = fields as { allocation: Allocation; bucket: number; from?: number }
    return { ask: 'cut', cuts: cutAllocation(allocation, from), from, bucket }
  },
  judge: same,
}

/** Sealing: with `text` it opens, without it seals. */
export const sealed: Section = {
  fields: ['secrets', 'kind', 'binding', 'payload', 'text'],
  expects: ['text', 'payload'],
  lay: (fields) => {
    const { text, payload, ...bound } = fields as {
      secrets: readonly string[]
      kind: 'code'
      binding: string
      payload: string
      text?: string
    }
    return text === undefined ? { ask: 'seal', ...bound, payload } : { ask: 'unseal', ...bound, text }
  },
  judge: same,
}

interface Owner {
  readonly secrets: readonly string[]
  readonly site: string
  readonly visitor: string
}

/** The signed visitor id: with `text` it is read, without it is written. */
export const visitor: Section = {
  fields: ['secrets', 'site', 'visitor', 'text'],
  expects: ['text', 'visitor'],
  lay: (fields) => {
    const { text, visitor, ...bound } = fields as unknown as Owner & { text?: string }
    return text === undefined
      ? { ask: 'sign-visitor', ...bound, visitor }
      : { ask: 'read-visitor', ...bound, text }
  },
  judge: same,
}

/** The code of a route's variants: with `text` it is read, without it is written. */
export const code: Section = {
  fields: ['secrets', 'site', 'ruleset', 'route', 'variants', 'text'],
  expects: ['text', 'variants'],
  lay: (fields) => {
    const { secrets, site, route, variants, text } = fields as {
      secrets: readonly string[]
      site: string
      route: string
      variants: { readonly [placement: string]: string }
      text?: string
    }
    const bound = { secrets, site, route, ruleset: layRuleset(fields) }
    return text === undefined
      ? { ask: 'encode-code', ...bound, variants }
      : { ask: 'decode-code', ...bound, text }
  },
  judge: same,
}

/** The visitor token: with `text` it is read at `now` and the segments are asked, without it is issued at `now`. */
export const token: Section = {
  fields: [...VISITOR_FIELDS, 'secrets', 'site', 'visitor', 'utcOffset', 'text'],
  expects: ['text', 'opens', 'utcOffset', 'segments'],
  lay: (fields) => {
    const {
      secrets,
      site,
      visitor,
      utcOffset = null,
      text,
    } = fields as unknown as Owner & {
      utcOffset?: number
      text?: string
    }
    const owned = { secrets, site, visitor, visit: layVisit(fields, layRuleset(fields)) }
    return text === undefined
      ? { ask: 'issue-token', ...owned, utcOffset }
      : { ask: 'read-token', ...owned, text }
  },
  judge: (answer, expected, { text }) => {
    const isRead = text !== undefined && expected.opens === true
    expect(answer).toEqual(isRead ? { utcOffset: null, segments: {}, ...expected } : expected)
  },
}
