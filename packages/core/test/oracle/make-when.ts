import type { Random } from './random.ts'
import type { Shape } from './world.ts'

const ZONES = ['visitor', 'UTC', 'Europe/London', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe']

/** The day from which the oracle's clocks turn: London begins summer time on 28 March, Lord Howe ends it on 4 April. */
export const START: number = Date.UTC(2027, 2, 24) / 1000

/** A span of time, local hours or weekdays. */
export function makeWhen(random: Random): Shape {
  // On the hour, so that ends of spans meet ends of hours, or at any second.
  const timeOfDay = () => (random.chance(0.6) ? random.below(24) * 3600 : random.below(86400))
  const day = (from: number, days: number) =>
    new Date((START + (from + random.below(days)) * 86400 + timeOfDay()) * 1000)
  const iso = (date: Date) => date.toISOString().replace('.000', '')
  const from = random.below(23)
  const hours = random.chance(0.1) ? [0, 24] : [from, random.pick([from + 1, 24, (from + 7) % 24])]
  const span = {
    ...(random.chance(0.3) ? { from: iso(day(0, 8)) } : {}),
    ...(random.chance(0.3) ? { until: iso(day(8, 10)) } : {}),
    ...(random.chance(0.6) ? { hours } : {}),
    ...(random.chance(0.4)
      ? { weekdays: random.some(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']) }
      : {}),
  }
  const whole = Object.keys(span).length === 0 ? { hours } : span
  return { when: { ...whole, ...(random.chance(0.7) ? { timezone: random.pick(ZONES) } : {}) } }
}
