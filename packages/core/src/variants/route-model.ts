import { capCondition } from '../experience/cap-condition.ts'
import type { Experience } from '../experience/experience.ts'
import type { PublishedExperience } from '../experience/published-experience.ts'
import { publishRuleset } from '../publish/publish-ruleset.ts'
import { definitionsOf, type PlacementDefinition, type Ruleset } from '../ruleset/ruleset.ts'
import { type Axes, createReader } from './collect-axes.ts'
import { type ConditionFormulas, createConditionFormulas } from './condition-formula.ts'
import { findRelations } from './find-relations.ts'
import { ALWAYS, allOf, anyOf, type Formula, oppositeOf } from './formula.ts'
import { type Reading, rangeReading } from './reading.ts'
import type { Relation } from './relation.ts'
import type { Work } from './solve.ts'
import { spanReading } from './when-reading.ts'

/** What the names of the axes of buckets begin with. */
export const BUCKET = 'bucket '
/** The last bucket of an axis. */
const LAST_BUCKET = 9_999

/** One experience at its placement. */
export interface Contender {
  readonly experience: Experience
  readonly published: PublishedExperience
  /** Open, its audience true, its cap not reached. */
  readonly stands: Formula
  /** Which part of the visitors gets each variant. */
  readonly shares: ReadonlyMap<string, Formula>
}

/** A placement of a route and who contends for it, in list order. */
export interface PlacementModel {
  readonly key: string
  readonly definition: PlacementDefinition
  readonly contenders: readonly Contender[]
}

/** Everything that the combinations of some placements depend on. */
export interface RouteModel {
  readonly placements: readonly PlacementModel[]
  readonly axes: Axes
  readonly relations: readonly Relation[]
  /** What must hold for a condition of these placements to be true, or false. */
  readonly formulaOf: ConditionFormulas
}

/** Reads what decides some placements of a checked ruleset. */
export function createRouteModel(ruleset: Ruleset, placements: readonly string[], work: Work): RouteModel {
  const segments = ruleset.segments ?? {}
  const definitions = definitionsOf(ruleset)
  const published = publishRuleset(ruleset, { document: false }).experiences
  const here = (ruleset.experiences ?? [])
    .map((experience, at) => ({ experience, published: published[at]! }))
    .filter(({ experience }) => placements.includes(experience.placement))
  const reader = createReader(definitions, segments)
  const read = here.map((pair) => {
    const cap = capCondition(pair.experience)
    for (const condition of [pair.experience.audience, cap]) {
      if (condition !== undefined) reader.tree(condition)
    }
    const { schedule } = pair.experience
    const isOpen = schedule === undefined ? undefined : reader.add(spanReading(schedule))
    return {
      ...pair,
      cap,
      isOpen,
      cuts: cutsOf(pair.published).map(([variant, cut]) => [variant, reader.add(cut)] as const),
    }
  })
  const axes = reader.finish()
  const formulaOf = createConditionFormulas(reader, axes, segments)
  const contenders = read.map(({ experience, published, cap, isOpen, cuts }): Contender => {
    const stands = [
      isOpen === undefined ? ALWAYS : axes.formulaOf(isOpen, true),
      experience.audience === undefined ? ALWAYS : formulaOf(experience.audience, true),
      cap === undefined ? ALWAYS : oppositeOf(formulaOf(cap, true)),
    ]
    return { experience, published, stands: allOf(stands), shares: sharesOf(published, cuts, axes) }
  })
  return {
    placements: placements.map((key) => ({
      key,
      definition: ruleset.placements![key]!,
      contenders: contenders.filter(({ experience }) => experience.placement === key),
    })),
    axes,
    relations: findRelations(axes, ruleset, work),
    formulaOf,
  }
}

/** What must hold for a placement to show a variant, among the contenders that are heard. */
export function showsVariant(
  { definition }: PlacementModel,
  contenders: readonly Contender[],
  variant: string,
): Formula {
  const ways: Formula[] = []
  const before: Formula[] = []
  for (const { shares, stands } of contenders) {
    const share = shares.get(variant)
    if (share !== undefined) ways.push(allOf([share, stands, ...before]))
    before.push(oppositeOf(allOf([anyOf([...shares.values()]), stands])))
  }
  // What is tried first becomes the example: that nobody contends is the plainest.
  if (variant === definition.baseline) ways.unshift(allOf(before))
  return anyOf(ways)
}

/** The variants that contenders may show, and the baseline. */
export function variantsOf(
  { definition }: PlacementModel,
  contenders: readonly Contender[],
): readonly string[] {
  const shown = new Set([definition.baseline, ...contenders.flatMap(({ shares }) => [...shares.keys()])])
  return definition.variants.filter((variant) => shown.has(variant))
}

function cutsOf({ axis, start, cuts }: PublishedExperience): readonly (readonly [string, Reading])[] {
  if (axis === undefined) return []
  let from = start
  return cuts.flatMap(([variant, end]) => {
    const range = [from, end - 1] as const
    from = end
    if (range[1] < range[0]) return []
    // A visitor without an id has no bucket.
    const limits = { needs: 0, least: 0, most: LAST_BUCKET, mayMiss: true }
    return [[variant, rangeReading(`${BUCKET}${axis}`, range, limits)] as const]
  })
}

function sharesOf(
  { axis, cuts }: PublishedExperience,
  read: readonly (readonly [string, Reading])[],
  axes: Axes,
): ReadonlyMap<string, Formula> {
  if (axis === undefined) return new Map([[cuts[0]![0], ALWAYS]])
  const shares = new Map<string, Formula>()
  for (const [variant, cut] of read) {
    shares.set(variant, unite(shares.get(variant), axes.formulaOf(cut, true)))
  }
  return shares
}

// A variant may have several cuts; all lie on one axis.
function unite(one: Formula | undefined, other: Formula): Formula {
  if (one === undefined || !('axis' in one) || !('axis' in other)) return other
  return { axis: one.axis, cells: one.cells | other.cells, others: one.others & other.others }
}
