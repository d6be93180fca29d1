import { compileWhere } from '../condition/where.ts'
import type { Fold, Mutable } from './fold.ts'
import type { FoldedEvent } from './folded-event.ts'
import type { Chain, ChainSignal, ChainState } from './signal.ts'

interface Work {
  readonly chains: (Chain | null)[]
  readonly since: number | undefined
}

interface Step {
  readonly name: string
  readonly matches: (properties: FoldedEvent['properties']) => boolean
}

/**
 * Keeps for each step the chain that took it last: of two chains the later one can be gone on from whenever the earlier
 * one can. Only an event that is the newest in the order is a step; a late one would need the events after it.
 */
export function foldChain(signal: ChainSignal): Fold<ChainState, Work> {
  const { gap = Number.POSITIVE_INFINITY, unless } = signal
  const steps = signal.steps.map(
    ({ event, where }): Step => ({ name: event, matches: compileWhere(where) ?? (() => true) }),
  )
  return {
    open: ({ chains, since }) => ({ chains: [...chains], since }),
    add: ({ chains }, event) => {
      if (!event.newest) return
      takeSteps(chains, steps, event, gap)
      if (event.name === unless) breakChains(chains, event, steps[0]!)
    },
    close: ({ chains, since }) => {
      const state: Mutable<ChainState> = { chains }
      if (since !== undefined) state.since = since
      return state
    },
  }
}

// From the last step to the first, so that an event goes on only from chains of events before it.
function takeSteps(
  chains: (Chain | null)[],
  steps: readonly Step[],
  { name, seconds, properties }: FoldedEvent,
  gap: number,
): void {
  for (let at = steps.length - 1; at >= 0; at--) {
    const step = steps[at]!
    if (step.name !== name) continue
    const before = at === 0 ? FIRST : chains[at - 1]!
    if (before === null || seconds - before[1] > gap || !step.matches(properties)) continue
    chains[at] = [at === 0 ? seconds : before[0], seconds]
  }
}

// What the first step goes on from: no gap is too long.
const FIRST: Chain = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]

// A whole chain stays, and so does one that this very event began: the event lies between no steps of them.
function breakChains(chains: (Chain | null)[], { name, properties }: FoldedEvent, first: Step): void {
  const began = first.name === name && first.matches(properties)
  for (let at = began ? 1 : 0; at < chains.length - 1; at++) chains[at] = null
}
