import type { Alarm, AlarmKind } from '../../src/quality/alarm.ts'
import { createChance } from '../random.ts'
import { type Fault, HOUR, START } from './simulated-site.ts'

const KINDS: { readonly [kind in Fault['kind']]: readonly AlarmKind[] } = {
  volume: ['volume-drop', 'volume-spike'],
  new: ['new-property'],
  vanish: ['vanished-property', 'missing-field'],
  missing: ['missing-field', 'vanished-property'],
  type: ['type-drift'],
  time: ['time-out-of-line'],
}

/** One of each sort, as they happen: a tag is gone, a bot comes, a release renames a field, a clock is off. */
const SORTS: readonly Omit<Fault, 'from' | 'to'>[] = [
  { kind: 'volume', event: 'page_view', by: 0 },
  { kind: 'volume', event: 'page_view', by: 0.5 },
  { kind: 'volume', event: 'page_view', by: 2 },
  { kind: 'volume', event: 'view_item', by: 0.4 },
  { kind: 'volume', event: 'view_item', by: 3 },
  { kind: 'volume', event: 'search', by: 0.2 },
  { kind: 'volume', event: 'add_to_cart', by: 5 },
  { kind: 'new', event: 'page_view', property: 'email', by: 0.3 },
  { kind: 'new', event: 'add_to_cart', property: 'currency', by: 1 },
  { kind: 'vanish', event: 'view_item', property: 'price', by: 1 },
  { kind: 'vanish', event: 'page_view', property: 'title', by: 1 },
  { kind: 'missing', event: 'page_view', property: 'title', by: 0.2 },
  { kind: 'missing', event: 'view_item', property: 'item_id', by: 0.3 },
  { kind: 'missing', event: 'search', property: 'search_term', by: 0.5 },
  { kind: 'type', event: 'view_item', property: 'price', by: 0.3 },
  { kind: 'type', event: 'view_item', property: 'item_id', by: 1 },
  { kind: 'type', event: 'add_to_cart', property: 'price', by: 0.6 },
  { kind: 'time', event: 'page_view', by: 0.2 },
  { kind: 'time', event: 'view_item', by: 0.25 },
  { kind: 'time', event: 'search', by: 0.5 },
]

const FIRST_DAY = 13

/** Forty faults from the fourteenth day on, two of each sort, one every twelve hours, each for three hours between 7 and 22 o'clock. */
export function plantFaults(seed: number): readonly Fault[] {
  const chance = createChance(seed)
  const shuffled = [...SORTS, ...SORTS].map((sort) => ({ sort, at: chance() })).sort((a, b) => a.at - b.at)
  return shuffled.map(({ sort }, at) => {
    const from = (FIRST_DAY + Math.floor(at / 2)) * 24 + (at % 2 === 0 ? 7 : 17) + Math.floor(chance() * 3)
    return { ...sort, from, to: from + 3 }
  })
}

/** Tells whether an alarm was raised by a fault: of its kind, by the end of its second window, or of so many. */
export function raisedBy(fault: Fault, { kind, event, property, since }: Alarm, windows = 2): boolean {
  const hour = (since - START) / HOUR
  const isOf = KINDS[fault.kind].includes(kind) && event === fault.event && property === fault.property
  return isOf && hour >= fault.from && hour < fault.from + windows
}
