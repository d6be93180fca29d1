import {
  createSealKeys,
  emptyHistory,
  encodeToken,
  encodeVisitor,
  foldEvents,
  toBase64Url,
} from '@attune/core'
import { compileDocument } from '@attune/core/publish'

const DAY_MS = 86_400_000
const CATEGORIES = ['hiking', 'climbing', 'camping', 'cycling']
const EVENTS = ['view_item', 'view_item', 'view_item', 'view_item', 'add_to_cart', 'purchase']

/**
 * The Cookie headers of `count` visitors who consented and did 1 to 40 things in the last week; the same for the same
 * count and day.
 */
export function visitorCookies({ ruleset, secret, count, now }) {
  const keys = createSealKeys(secret)
  const compiled = compileDocument(ruleset)
  const random = createRandom(count)
  return Array.from({ length: count }, () => {
    const visitor = toBase64Url(Uint8Array.from({ length: 16 }, () => random() * 256))
    const { profile } = foldEvents(
      emptyHistory(compiled.plan),
      someEvents(random, now),
      compiled.plan,
      () => [],
    ).history
    const issued = { profile, issuedAt: Math.floor(now / 1000), utcOffset: 0 }
    const token = encodeToken(keys, { site: 'site', visitor }, compiled, issued)
    return [
      'attune_consent=preferences.statistics',
      `attune_visitor=${encodeVisitor(keys, 'site', visitor)}`,
      `attune_token=${token}`,
    ].join('; ')
  })
}

function someEvents(random, now) {
  const pick = (list) => list[Math.floor(random() * list.length)]
  const favourite = pick(CATEGORIES)
  return Array.from({ length: 1 + Math.floor(random() * 40) }, (_, at) => ({
    id: `event-${at}-of-visitor`,
    name: pick(EVENTS),
    time: now - Math.floor(random() * 7 * DAY_MS) - 1000,
    properties: {
      item_id: `item-${Math.floor(random() * 24)}`,
      item_category: random() < 0.7 ? favourite : pick(CATEGORIES),
      price: 10,
      value: 10,
    },
  }))
}

// mulberry32: small, seeded, good enough to spread visitors.
function createRandom(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
