import { chanceBytes } from '../chance-bytes.ts'
import { createSlots } from '../slots.ts'
import { BEHAVIOUR_RULES, type BehaviourRules, type ProgramReason } from './behaviour-rules.ts'
import { createBehaviourStates, type Sort } from './behaviour-states.ts'

/** An event as far as behaviour is concerned. */
export interface BehaviourEvent {
  readonly name: string
  /** When it happened by our clock, milliseconds. */
  readonly time: number
}

/** How behaviour is watched; everything has a default. */
export interface BehaviourOptions {
  readonly rules?: Partial<BehaviourRules> | undefined
  /** How many visitors are remembered at once, 50 bytes each, rounded up to a power of two. Default 65,536; the most, 1,048,576, are 52 MB. */
  readonly visitors?: number | undefined
  /** For the hash of the visitors' ids. Default `crypto.getRandomValues`. */
  readonly randomBytes?: ((count: number) => Uint8Array) | undefined
}

/** Tells programs by what they do. */
export interface Behaviour {
  /** The events that only come of a person. */
  readonly signs: readonly string[]
  /**
   * Hears a visitor's events of one batch; says why they are a program's, if so, and goes on saying it for 24 hours after the last
   * batch. `asksSigns`: the visitor's consent lets signs of a person, such as scrolling, be sent. A visitor who was driven out of
   * memory, or whose batches went to another process, begins anew.
   */
  judge(
    visitor: string,
    events: readonly BehaviourEvent[],
    asksSigns: boolean,
    now: number,
  ): ProgramReason | undefined
}

const MOST_VISITORS = 1_048_576
const DAY = 86_400_000
const PAUSE = 30 * 60_000
const REASONS: readonly (ProgramReason | undefined)[] = [undefined, 'rate', 'timing', 'no-focus']
// A site whose tracker never sends a sign would have only programs.
const ENOUGH_SIGNS = 100

/**
 * Creates what tells programs by what they do.
 * @throws when more visitors are to be remembered than memory is meant for.
 */
export function createBehaviour({
  rules,
  visitors = 65_536,
  randomBytes = chanceBytes,
}: BehaviourOptions = {}): Behaviour {
  if (!(visitors >= 1 && visitors <= MOST_VISITORS)) {
    throw new Error(
      `[collector] behaviour: \`visitors\` is ${visitors}. Remember between 1 and ${MOST_VISITORS} of them.`,
    )
  }
  const whole = { ...BEHAVIOUR_RULES, ...rules }
  const slots = createSlots(visitors, new Uint32Array(randomBytes(8).slice().buffer))
  const states = createBehaviourStates(slots.size, whole)
  const verdicts = new Uint8Array(slots.size)
  const sortOf = createSorter(whole)
  let signs = 0

  function hear(slot: number, event: BehaviourEvent, asksSigns: boolean): ProgramReason | undefined {
    const sort = sortOf(event.name)
    if (signs < ENOUGH_SIGNS && (sort === 'sign' || sort === 'act-sign')) signs++
    return states.hear(slot, sort, event.time, asksSigns && signs >= ENOUGH_SIGNS)
  }

  return {
    signs: whole.signs,
    judge: (visitor, events, asksSigns, now) => {
      const slot = slots.take(visitor)
      const idle = now - slots.stamps[slot]!
      if (slots.stamps[slot] === 0 || idle > DAY || (verdicts[slot] === 0 && idle > PAUSE)) {
        states.clear(slot)
        verdicts[slot] = 0
      }
      slots.stamps[slot] = Math.max(now, 1)
      // A batch may tell of several pages that were left in another order.
      for (const event of [...events].sort((a, b) => a.time - b.time)) {
        const reason = hear(slot, event, asksSigns)
        if (reason !== undefined && verdicts[slot] === 0) verdicts[slot] = REASONS.indexOf(reason)
      }
      return REASONS[verdicts[slot]!]
    },
  }
}

function createSorter({ pages, acts, signs }: BehaviourRules): (name: string) => Sort {
  const sorts = new Map<string, Sort>()
  for (const name of pages) sorts.set(name, 'page')
  for (const name of signs) sorts.set(name, 'sign')
  for (const name of acts) sorts.set(name, sorts.get(name) === 'sign' ? 'act-sign' : 'act')
  return (name) => sorts.get(name) ?? 'other'
}
