import type { GuardedRead } from '../guard/guard-reader.ts'
import { histogramOf, type MetricSink, type MetricSpec, PATIENT } from './metric.ts'

/** How long a page waited for a profile. */
export const READ_DURATION: MetricSpec = {
  name: 'attune.profile.read.duration',
  kind: 'histogram',
  unit: 's',
  description: 'How long a page waited for a profile, by what came of it.',
  attributes: { 'attune.profile.read.outcome': ['store', 'stale', 'failed', 'not-asked'] },
}

/** How old a profile was that stood in for one that did not come. */
export const PROFILE_AGE: MetricSpec = {
  name: 'attune.profile.age',
  kind: 'histogram',
  unit: 's',
  description: 'How long ago a profile was read that stood in for one that did not come.',
  attributes: {},
  boundaries: PATIENT,
}

/** What `guardReader` takes as `onRead`: it counts what came of each read. */
export function observeReads({ meter }: { readonly meter: MetricSink }): (read: GuardedRead) => void {
  const waits = histogramOf(meter, READ_DURATION)
  const ages = histogramOf(meter, PROFILE_AGE)
  return ({ outcome, waited, age }) => {
    waits.record(waited / 1000, { 'attune.profile.read.outcome': outcome })
    if (age !== undefined) ages.record(age / 1000)
  }
}
