import type { Condition } from '../condition/condition.ts'
import type { Asker, Asking } from './asking.ts'
import { allOf, anyOf, oppositeOf } from './formula.ts'
import type { Contender, PlacementModel } from './route-model.ts'
import { type Domains, standing } from './solve.ts'

/** What decides a placement for the visitor of an example, and why, in words. */
export interface Decider {
  readonly placement: string
  readonly experience: string | null
  readonly words: string | null
}

/** Finds the experience that decides a placement for an example of a visitor. */
export function decidersOf({ key, contenders }: PlacementModel, domains: Domains, asking: Asking): Decider {
  const baseline = { placement: key, experience: null, words: null }
  // An example narrows the axes as far as was asked: the first contender who wins for certain is the one.
  const work = { left: Number.POSITIVE_INFINITY }
  const holds = (formula: Parameters<typeof standing>[0]): boolean => standing(formula, domains, work) === 1
  for (const contender of asking.heard(contenders)) {
    const { shares, stands, published } = contender
    const [variant] = [...shares].find(([, share]) => holds(allOf([share, stands]))) ?? []
    if (variant !== undefined)
      return { placement: key, experience: published.key, words: wordsOf(contender, variant) }
    if (!holds(oppositeOf(allOf([anyOf([...shares.values()]), stands])))) return baseline
  }
  return baseline
}

/** An example in words. */
export function whyOf(deciders: readonly Decider[], asker: Asker): readonly string[] {
  const words = deciders.map((decider) => decider.words).filter((text) => text !== null)
  return [...(OPENING[asker] === undefined ? [] : [OPENING[asker]]), ...words]
}

const OPENING: { readonly [A in Asker]?: string } = {
  'without-id': 'no id yet',
  'without-consent': 'no consent',
  holdout: 'in the holdout',
}

function wordsOf({ experience, published }: Contender, variant: string): string {
  const parts = [
    experience.audience === undefined ? undefined : audienceWords(experience.audience),
    bucketWords(published, variant),
    scheduleWords(experience.schedule),
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? published.key : `${published.key} (${parts.join(', ')})`
}

function audienceWords(audience: Condition): string {
  return 'segment' in audience ? `in ${audience.segment}` : 'in its audience'
}

function bucketWords(
  { key, axis, cuts, start }: Contender['published'],
  variant: string,
): string | undefined {
  if (axis === undefined) return undefined
  const ranges = cuts.flatMap(([name, end], at) => {
    const from = cuts[at - 1]?.[1] ?? start
    return name === variant && end > from ? [`${from}–${end - 1}`] : []
  })
  return `bucket ${ranges.join(' or ')}${axis === key ? '' : ` of ${axis}`}`
}

function scheduleWords(schedule: Contender['experience']['schedule']): string | undefined {
  const { from, until } = schedule ?? {}
  const parts = [from === undefined ? '' : `from ${from}`, until === undefined ? '' : `until ${until}`]
  return parts.join(' ').trim() || undefined
}
