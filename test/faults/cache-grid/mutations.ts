import { encodingMutations } from './mutations-encoding.ts'
import { headerMutations } from './mutations-header.ts'
import { pathMutations } from './mutations-path.ts'
import { type Chance, createChance } from './random.ts'

/** A request that is somehow not what a browser would send. */
export interface Mutation {
  /** The public page that it is about. */
  readonly target: string
  readonly method: string
  /** As it goes over the wire. */
  readonly path: string
  /** Added to a visitor's own; one of the same name takes its place. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body?: string
}

/** What mutations are made of. */
export interface Facts {
  readonly buildId: string
  /** A listener that no request may make the shop call. */
  readonly canaryPort: number
  /** Internal paths of pages that are somebody's: `/attune/<code>`. */
  readonly internalPaths: readonly string[]
}

/** The pages that are asked for: three that are personalised and one that is the same for all. */
export const TARGETS = ['/', '/product/trail-boots', '/cart', '/privacy'] as const

const METHODS = ['GET', 'GET', 'GET', 'HEAD', 'POST', 'OPTIONS'] as const

/** Makes `count` different mutations: every one of each kind as a GET first, then others by chance. */
export function makeMutations(count: number, seed: number, facts: Facts): readonly Mutation[] {
  const chance = createChance(seed)
  const made = new Map<string, Mutation>()
  const add = (mutation: Mutation): void => void made.set(JSON.stringify(mutation), mutation)
  const kinds = [headerMutations(facts), pathMutations(facts), encodingMutations()]
  for (const make of kinds.flat()) add(make(chance.pick(TARGETS), 'GET'))
  while (made.size < count) add(anyMutation(chance, kinds))
  return shuffle([...made.values()], chance)
}

/** Makes one mutation of a page. */
export type MakeMutation = (target: string, method: string) => Mutation

function anyMutation(chance: Chance, kinds: readonly (readonly MakeMutation[])[]): Mutation {
  const [target, method] = [chance.pick(TARGETS), chance.pick(METHODS)]
  const one = chance.pick(chance.pick(kinds))(target, method)
  const other = chance.below(3) > 0 ? undefined : chance.pick(kinds[chance.below(2) * 2]!)(target, method)
  const body = method === 'POST' ? { body: 'a=1' } : {}
  return { ...one, headers: [...one.headers, ...(other?.headers ?? [])], ...body }
}

function shuffle(items: Mutation[], chance: Chance): readonly Mutation[] {
  for (let at = items.length - 1; at > 0; at--) {
    const to = chance.below(at + 1)
    ;[items[at], items[to]] = [items[to]!, items[at]!]
  }
  return items
}
