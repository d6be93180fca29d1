import { CannotRun } from '../command.ts'
import { countOf, formatCount } from '../terminal/format.ts'
import { sizeOf } from './publication.ts'

// Vercel's own table, "Maximum store size": 8, 64 and 512 KB, all keys and values together.
const LIMITS: { readonly [Name in 'hobby' | 'pro' | 'enterprise']: number } = {
  hobby: 8_192,
  pro: 65_536,
  enterprise: 524_288,
}

/** A plan of Vercel. */
export type Plan = keyof typeof LIMITS

/** The plans, the smallest first. */
export const PLANS: readonly Plan[] = ['hobby', 'pro', 'enterprise']

/** Everything that a store would hold. */
export interface StoreItems {
  readonly [key: string]: unknown
}

/** A size beside the limit of a plan: `5,801 of 8,192 bytes of the plan hobby`. @throws CannotRun when it is over, with the cure. */
export function checkSize(items: StoreItems, key: string, plan: Plan, bareSize: number | undefined): string {
  const [whole, own, limit] = [sizeOfItems(items), sizeOf(JSON.stringify(items[key])), LIMITS[plan]]
  if (whole <= limit) return `${formatCount(whole)} of ${countOf(limit, 'byte')} of the plan ${plan}`
  const others = whole > own + 100 ? ` beside ${formatCount(whole - own)} of other items` : ''
  throw new CannotRun(
    `The ruleset has ${countOf(own, 'byte')}${others}; the plan ${plan} allows a store ${formatCount(limit)} in all. ` +
      `Nothing was published. ${cureFor(bareSize, plan)}`,
  )
}

function cureFor(bareSize: number | undefined, plan: Plan): string {
  const larger = PLANS.slice(PLANS.indexOf(plan) + 1)
  const cures = [
    ...(bareSize === undefined
      ? []
      : [`leave the document out with --no-document (then ${formatCount(bareSize)} bytes)`]),
    ...(larger.length === 0 ? [] : [`say --plan ${larger.join(' or ')} if that is yours`]),
    'publish to redis or upstash instead',
  ]
  const cure = cures.join(', or ')
  return `${cure[0]!.toUpperCase()}${cure.slice(1)}.`
}

function sizeOfItems(items: StoreItems): number {
  return sizeOf(JSON.stringify(items))
}
