import { describe, expect, test, vi } from 'vitest'
import type { Alarm } from '../../src/quality/alarm.ts'
import { createWatch } from '../../src/quality/create-watch.ts'
import { plantFaults, raisedBy } from './planted-faults.ts'
import { runSite } from './run-site.ts'
import { EVENTS, type Fault } from './simulated-site.ts'

// A month takes a second of a quiet machine.
vi.setConfig({ testTimeout: 60_000 })

const isSoak = process.env.ATTUNE_SOAK === '1'
const first = Number(process.env.ATTUNE_SEED ?? 1)
const SEEDS: readonly number[] = Array.from({ length: isSoak ? 40 : 2 }, (_, at) => first + at)
const WEEKS = 30 / 7

function alarmsOf(days: number, seed: number, faults: readonly Fault[] = []): readonly Alarm[] {
  const news = runSite(createWatch({ events: EVENTS }), [0, days * 24], seed, faults)
  return news.filter(({ state }) => state === 'raised').map(({ alarm }) => alarm)
}

// Unit tests say nothing; whoever soaks wants the figures.
function tell(line: string): void {
  if (isSoak) console.info(line)
}

describe('on 30 days of a site with days, weeks, growth, noise and wrong clocks', () => {
  test.each(SEEDS)('there is at most one false alarm a week (seed %i)', (seed) => {
    const alarms = alarmsOf(30, seed)
    tell(`seed ${seed}: ${alarms.length} false alarms in 30 days`)
    expect(alarms.length).toBeLessThanOrEqual(WEEKS)
  })
})

describe('of 40 planted faults', () => {
  test.each(SEEDS)(
    '95 % are found within two windows, beside at most one false alarm a week (seed %i)',
    (seed) => {
      const faults = plantFaults(seed)
      const alarms = alarmsOf(34, seed, faults)
      const found = faults.filter((fault) => alarms.some((alarm) => raisedBy(fault, alarm)))
      // A fault that was found late is no false alarm; nor is one told of again while it lasts.
      const wrong = alarms.filter((alarm) => !faults.some((fault) => raisedBy(fault, alarm, 4)))
      tell(`seed ${seed}: ${found.length} of ${faults.length} found, ${wrong.length} false alarms in 34 days`)
      expect(faults).toHaveLength(40)
      expect(found.length).toBeGreaterThanOrEqual(38)
      expect(wrong.length).toBeLessThanOrEqual(WEEKS)
    },
  )
})
