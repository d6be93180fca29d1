import { createSealKeys, encodeVisitor } from '@attune/core'
import type { RawClient } from '../../support/fault-raw-client.ts'
import { SECRET } from '../../support/fault-ruleset.ts'
import type { Batch } from '../../support/fault-senders.ts'
import { pause } from '../../support/fault-time.ts'

/** What became of batches of one event. */
export interface Offered {
  sent: number
  kept: number
  /** Told to come again. */
  later: number
  /** Anything else. */
  other: number
  /** Not sent, because too many were on their way. */
  heldBack: number
}

/** Senders that remember nothing of what they sent, so that the memory that grows is not theirs. */
export interface Offerer {
  readonly offered: Offered
  /** As many as it takes, so many side by side, for so many milliseconds; answers how many were kept a second. */
  flood(sideBySide: number, milliseconds: number): Promise<number>
  /** So many a second, whether it answers or not, until `isOver`. */
  offer(rate: number, isOver: () => boolean): Promise<void>
  /** Does something while nothing is under way and nothing is sent. */
  atRest<T>(work: () => Promise<T>): Promise<T>
}

const KNOWN = 1_000
// The other visitors come once.
const STRANGER_EVERY = 20
const MOST_UNDER_WAY = 500
const NAMES = ['view_item', 'view_item', 'view_item', 'add_to_cart', 'purchase']
const CATEGORIES = ['hiking', 'climbing', 'camping']

/** Creates senders that ask with a client. */
export function createOfferer({ ask }: Pick<RawClient, 'ask'>, seed: number): Offerer {
  const keys = createSealKeys(SECRET)
  const cookieOf = (visitor: string): string =>
    `attune_consent=preferences; attune_visitor=${encodeVisitor(keys, 'site', visitor)}`
  const known = Array.from({ length: KNOWN }, (_, at) => cookieOf(`k${seed}-${at}`.padStart(22, '0')))
  const offered: Offered = { sent: 0, kept: 0, later: 0, other: 0, heldBack: 0 }
  let underWay = 0
  let isResting = false

  const make = (): Batch => {
    const at = offered.sent++
    const isStranger = at % STRANGER_EVERY === 0
    const cookie = isStranger ? cookieOf(`s${seed}-${at}`.padStart(22, '0')) : known[at % KNOWN]!
    const properties = { item_id: `item-${at % 50}`, item_category: CATEGORIES[at % 3] }
    const event = { id: `memory-${seed}-${at}`, name: NAMES[at % NAMES.length], time: Date.now(), properties }
    return { visitor: '', cookie, body: JSON.stringify({ events: [event] }), size: 1 }
  }
  const send = async (): Promise<void> => {
    underWay++
    const heard = await ask(make())
    underWay--
    if (heard?.status === 200 && heard.text.includes('"accepted":1')) offered.kept++
    else if (heard?.status === 503) offered.later++
    else offered.other++
  }

  return {
    offered,
    flood: async (sideBySide, milliseconds) => {
      const { kept } = offered
      const begun = performance.now()
      const one = async (): Promise<void> => {
        while (performance.now() - begun < milliseconds) await send()
      }
      await Promise.all(Array.from({ length: sideBySide }, one))
      return ((offered.kept - kept) / (performance.now() - begun)) * 1_000
    },
    offer: async (rate, isOver) => {
      let sent = performance.now()
      while (!isOver()) {
        await pause(2)
        // What was due while it rested is not made up for.
        if (isResting) sent = performance.now()
        for (; sent < performance.now(); sent += 1_000 / rate) {
          if (underWay < MOST_UNDER_WAY) void send()
          else offered.heldBack++
        }
      }
    },
    atRest: async (work) => {
      isResting = true
      while (underWay > 0) await pause(5)
      return work().finally(() => {
        isResting = false
      })
    },
  }
}
