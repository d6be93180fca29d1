import type { InterestTop } from '../condition/condition.ts'
import type { Ruleset } from '../ruleset/ruleset.ts'
import { type Axes, furtherPurposes } from './collect-axes.ts'
import type { Formula } from './formula.ts'
import { consentAxis } from './read-leaf.ts'
import { reasonedRelations } from './reasoned-relations.ts'
import type { Place, Relation } from './relation.ts'
import type { Work } from './solve.ts'

/** What is known of several axes at once. Leaving one out only lists combinations that cannot occur. */
export function findRelations(axes: Axes, ruleset: Ruleset, work: Work): readonly Relation[] {
  return [...consentRelations(axes), ...strongestRelations(axes), ...reasonedRelations(axes, ruleset, work)]
}

// Without a purpose that a reading needs, nothing is known on its axis.
function consentRelations(axes: Axes): readonly Relation[] {
  const seen = new Set<number>()
  return axes.readings.flatMap((reading) => {
    const purposes = furtherPurposes(reading)
    const axis = axes.axisOf(reading)
    if (purposes.length === 0 || seen.has(axis)) return []
    seen.add(axis)
    const { all, unknown } = axes.list[axis]!
    const nothing = { axis, cells: unknown }
    const consents = purposes.map((purpose) => {
      const at = axes.indexOf(consentAxis(purpose))
      const granted = axes.list[at]!.cellOf(true)
      return { axis: at, granted, denied: axes.list[at]!.all & ~granted }
    })
    const relations: Relation[] = consents.map((consent) => ({
      when: { axis: consent.axis, cells: consent.denied },
      then: nothing,
    }))
    const [only] = consents
    if (reading.mayMiss || consents.length > 1 || only === undefined) return relations
    const something = { axis, cells: all & ~unknown }
    return [...relations, { when: { axis: only.axis, cells: only.granted }, then: something }]
  })
}

interface Strongest {
  readonly condition: InterestTop
  readonly place: Place
}

// No more than n values are among the n strongest, and who is among the n strongest is among the n + 1 strongest.
function strongestRelations(axes: Axes): readonly Relation[] {
  const families = new Map<string, Strongest[]>()
  for (const reading of axes.readings) {
    const { condition } = reading
    if (condition === undefined || !('interest' in condition && 'top' in condition)) continue
    const place = placeOf(axes.formulaOf(reading, true))
    if (place === undefined) continue
    const family = families.get(condition.interest) ?? []
    families.set(condition.interest, [...family, { condition, place }])
  }
  return [...families.values()].flatMap(relateFamily)
}

function relateFamily(family: readonly Strongest[]): readonly Relation[] {
  const limits = new Set(family.map(({ condition }) => condition.top))
  const wider = family.flatMap(({ condition, place }) =>
    family
      .filter(({ condition: other }) => other.is === condition.is && other.top > condition.top)
      .map((other): Relation => ({ when: place, then: other.place })),
  )
  const crowded = [...limits].map((limit): Relation => {
    const strongest = new Map<string, Strongest>()
    for (const one of family) {
      const { is, top } = one.condition
      // Of one value the widest rank that is still within the limit holds whenever a narrower one does.
      if (top <= limit && top >= (strongest.get(is)?.condition.top ?? 0)) strongest.set(is, one)
    }
    return { atMost: limit, of: [...strongest.values()].map(({ place }) => place) }
  })
  return [...wider, ...crowded]
}

function placeOf(formula: Formula): Place | undefined {
  return 'axis' in formula ? formula : undefined
}
