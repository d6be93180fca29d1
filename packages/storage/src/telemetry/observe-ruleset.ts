import type { RulesetSource, RulesetState } from '../source/ruleset-source.ts'
import { gaugeOf, type MetricSink, type MetricSpec } from './metric.ts'

const STATES: readonly RulesetState['state'][] = ['fresh', 'stale', 'default']

/** How a ruleset source stands. */
export const RULESET_STATE: MetricSpec = {
  name: 'attune.ruleset.state',
  kind: 'gauge',
  unit: '1',
  description: '1 for the state that the ruleset is in, 0 for the others.',
  attributes: { 'attune.ruleset.state': STATES },
}

/** Since when nobody said that the ruleset in force is the newest. */
export const RULESET_AGE: MetricSpec = {
  name: 'attune.ruleset.age',
  kind: 'gauge',
  unit: 's',
  description: 'How long ago the ruleset in force was last known to be the newest.',
  attributes: {},
}

/** Tells how a ruleset source stands, whenever somebody looks. It asks nobody. */
export function observeRuleset(
  source: Pick<RulesetSource, 'state'>,
  { meter }: { readonly meter: MetricSink },
): void {
  const states = gaugeOf(meter, RULESET_STATE)
  const ages = gaugeOf(meter, RULESET_AGE)
  meter.addBatchObservableCallback(
    (result) => {
      const { state, age } = source.state()
      for (const one of STATES) result.observe(states, one === state ? 1 : 0, { 'attune.ruleset.state': one })
      if (age !== undefined) result.observe(ages, age / 1000)
    },
    [states, ages],
  )
}
