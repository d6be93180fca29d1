import type { EventDefinitions } from '@attune/core'
import type { HeardEvent } from '../../src/quality/create-watch.ts'
import { createChance } from '../random.ts'

export const HOUR = 3_600_000
export const DAY: number = 24 * HOUR
/** A Monday, 0:00 UTC. */
export const START: number = Date.UTC(2026, 5, 1)

export const EVENTS: EventDefinitions = {
  page_view: { properties: { page_path: 'string', title: 'string' } },
  view_item: { properties: { item_id: 'string', price: 'number' } },
  add_to_cart: { properties: { item_id: 'string', price: 'number', coupon: 'string' } },
  search: { properties: { search_term: 'string' } },
}
/** Events an hour at the height of a weekday. */
const HEIGHT: { readonly [name: string]: number } = {
  page_view: 400,
  view_item: 250,
  add_to_cart: 60,
  search: 90,
}
/** Share of the events that have a property although it is declared; all others always have it. */
const USUAL: { readonly [property: string]: number } = { coupon: 0.3, price: 0.97, title: 0.99 }

/** What is planted. `from` and `to` are hours since the start; volume `by` so much, or a share of the events. */
export interface Fault {
  readonly kind: 'volume' | 'new' | 'vanish' | 'missing' | 'type' | 'time'
  readonly event: string
  readonly property?: string
  readonly from: number
  readonly to: number
  readonly by: number
}

/** The events of one hour of a site with days and weeks, growth, noise from hour to hour and, now and then, a busier hour. */
export function eventsOfHour(hour: number, seed: number, faults: readonly Fault[]): readonly HeardEvent[] {
  const chance = createChance(seed * 100_003 + hour)
  const time = START + hour * HOUR
  const busy = (chance() < 0.01 ? 1.15 : 1) * Math.exp(0.06 * normal(chance))
  return Object.keys(HEIGHT).flatMap((name) => {
    const here = faults.filter((fault) => fault.event === name && hour >= fault.from && hour < fault.to)
    const factor = here.find(({ kind }) => kind === 'volume')?.by ?? 1
    const count = poisson(HEIGHT[name]! * seasonOf(hour) * busy * factor, chance)
    return Array.from({ length: count }, () => makeEvent(name, time + chance() * HOUR, chance, here))
  })
}

function makeEvent(name: string, time: number, chance: () => number, faults: readonly Fault[]): HeardEvent {
  const hit = (kind: Fault['kind'], property?: string): boolean => {
    const fault = faults.find(
      (one) => one.kind === kind && (property === undefined || one.property === property),
    )
    return fault !== undefined && chance() < fault.by
  }
  const properties: Record<string, unknown> = {}
  for (const [property, type] of Object.entries(EVENTS[name]?.properties ?? {})) {
    if (chance() >= (USUAL[property] ?? 1) || hit('missing', property) || hit('vanish', property)) continue
    const isNumber = (type === 'number') !== hit('type', property)
    properties[property] = isNumber ? Math.round(chance() * 100) : 'text'
  }
  const fresh = faults.find(({ kind }) => kind === 'new')
  if (fresh?.property !== undefined && chance() < fresh.by) properties[fresh.property] = 'text'
  // A few clocks are always wrong.
  const isWrong = hit('time') || chance() < 0.01
  return { name, properties, time: isWrong ? time - (chance() < 0.5 ? 3 : -1) * DAY : time }
}

/** A day and a week with a night of a tenth, weekends at two thirds, and growth of 1 % a day. */
function seasonOf(hour: number): number {
  const day = Math.floor(hour / 24)
  const light = 0.55 - 0.45 * Math.cos((2 * Math.PI * ((hour % 24) - 3)) / 24)
  return light * (day % 7 >= 5 ? 0.65 : 1) * 1.01 ** day
}

function normal(chance: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())
}

function poisson(mean: number, chance: () => number): number {
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(chance)))
  let left = Math.exp(-mean)
  let count = 0
  for (let roll = chance(); roll > left; roll -= left, left *= mean / count) count++
  return count
}
