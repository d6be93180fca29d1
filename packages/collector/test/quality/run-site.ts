import type { AlarmChange } from '../../src/quality/alarm.ts'
import type { Watch } from '../../src/quality/create-watch.ts'
import { eventsOfHour, type Fault, HOUR, START } from './simulated-site.ts'

/** Lets a watch hear hours of a simulated site, from one up to another, each event within its hour; the news of it. */
export function runSite(
  watch: Watch,
  [from, to]: readonly [from: number, to: number],
  seed: number,
  faults: readonly Fault[] = [],
): readonly AlarmChange[] {
  const news: AlarmChange[] = []
  for (let hour = from; hour < to; hour++) {
    const end = START + (hour + 1) * HOUR
    for (const event of eventsOfHour(hour, seed, faults)) watch.hear(event, end - 1)
    news.push(...watch.look(end))
  }
  return news
}
