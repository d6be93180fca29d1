import { type AttuneEvent, createSealKeys, encodeVisitor } from '@attune/core'
import { createSeededRandom } from '../../support/fault-random.ts'
import { NOON, SECRET } from '../../support/fault-ruleset.ts'

/** Some visitors, all that they did, and the batches in the order in which they are sent. */
export interface Cohort {
  readonly made: ReadonlyMap<string, readonly AttuneEvent[]>
  readonly batches: readonly CohortBatch[]
}

export interface CohortBatch {
  readonly visitor: string
  readonly cookie: string
  readonly body: string
  readonly ids: readonly string[]
  /** How many of its events the ruleset does not know. */
  readonly strangers: number
  /** Its answer is lost on the way; it comes again. */
  readonly isLost: boolean
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
// Fewer than are kept to be folded again, so that the oracle is exact whatever the order.
const LEAST_EACH = 20
const MOST_EACH = 60
const MOST_IN_BATCH = 20
const DUPLICATE = 0.05
const LATE = 0.01
const STRANGE = 0.005
const NAMES = ['view_item', 'view_item', 'page_view', 'view_item', 'add_to_cart', 'purchase'] as const
const CATEGORIES = ['hiking', 'climbing', 'camping'] as const
const keys = createSealKeys(SECRET)

/** Makes about `count` events, the same for the same seed: 5 % come twice, 1 % two days late, all of them shuffled. */
export function makeCohort(seed: number, count: number): Cohort {
  const random = createSeededRandom(seed)
  const whole = (most: number): number => Math.floor(random() * most)
  const made = new Map<string, readonly AttuneEvent[]>()
  const batches: CohortBatch[] = []
  for (let left = count; left > 0; ) {
    const visitor = `${seed.toString(36)}-${made.size}`.padStart(22, '0')
    const size = Math.min(left, LEAST_EACH + whole(MOST_EACH - LEAST_EACH))
    const events = Array.from({ length: size }, (_, at) =>
      makeEvent(`${visitor.slice(-12)}-${at}`, at, random),
    )
    made.set(visitor, events)
    left -= size
    const cookie = `attune_consent=preferences; attune_visitor=${encodeVisitor(keys, 'site', visitor)}`
    for (let at = 0; at < events.length; ) {
      const own = events.slice(at, at + 1 + whole(MOST_IN_BATCH))
      at += own.length
      const stranger = random() < STRANGE * own.length
      const strange = { id: `${own[0]!.id}-x`, name: 'no_such_event', time: NOON - MINUTE }
      const body = JSON.stringify({ events: stranger ? [...own, strange] : own })
      const batch = { visitor, cookie, body, ids: own.map(({ id }) => id), strangers: stranger ? 1 : 0 }
      const isAgain = random() < DUPLICATE
      // Of those that come twice every second was answered, and the answer lost.
      batches.push({ ...batch, isLost: isAgain && random() < 0.5 })
      if (isAgain) batches.push({ ...batch, isLost: false })
    }
  }
  return { made, batches: shuffle(batches, random) }
}

function makeEvent(id: string, at: number, random: () => number): AttuneEvent {
  const late = random() < LATE ? 2 * DAY : 0
  const time = NOON - 3 * 60 * MINUTE + at * MINUTE - late
  const name = NAMES[Math.floor(random() * NAMES.length)]!
  if (name === 'page_view') return { id, name, time, properties: { page_path: `/page/${at % 9}` } }
  const item_category = CATEGORIES[Math.floor(random() * CATEGORIES.length)]!
  if (name === 'purchase')
    return { id, name, time, properties: { transaction_id: id, item_category, value: at } }
  return { id, name, time, properties: { item_id: `item-${at % 24}`, item_category } }
}

function shuffle<T>(list: readonly T[], random: () => number): readonly T[] {
  const shuffled = [...list]
  for (let at = shuffled.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    ;[shuffled[at], shuffled[other]] = [shuffled[other]!, shuffled[at]!]
  }
  return shuffled
}
