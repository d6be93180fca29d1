import type { MetricSpec } from '@attune/storage/telemetry'
import type { Meter, Tracer } from '@opentelemetry/api'
import type { Personalized, Personalizer } from './personalize.ts'
import { decisionAttributes, PAGE_DECISIONS, PAGE_DURATION } from './telemetry/metrics.ts'

/** Every metric of a personalizer. */
export const PERSONALIZER_METRICS: readonly MetricSpec[] = [PAGE_DURATION, PAGE_DECISIONS]

/** Where to tell; without one of them it is not told. */
export interface ObservedPersonalizerOptions {
  readonly meter?: Pick<Meter, 'createCounter' | 'createHistogram'> | undefined
  readonly tracer?: Pick<Tracer, 'startActiveSpan'> | undefined
  /** Milliseconds that never go back. Default `performance.now`. */
  readonly clock?: (() => number) | undefined
}

/**
 * A personalizer that tells how long decisions took, where profiles came from and why placements show what they show; it answers as the
 * one given does. Nothing told names a visitor, an address, a variant or a segment. Previews are traced and not counted.
 */
export function observePersonalizer(
  personalizer: Personalizer,
  { meter, tracer, clock = () => performance.now() }: ObservedPersonalizerOptions,
): Personalizer {
  const count = meter === undefined ? () => {} : createCounts(meter)

  const decide: Personalizer['personalize'] = async (request, options) => {
    const begun = clock()
    const page = await personalizer.personalize(request, options)
    if (page !== undefined && !page.preview) count(page, (clock() - begun) / 1000)
    return page
  }

  return {
    withdraw: personalizer.withdraw,
    personalize:
      tracer === undefined
        ? decide
        : (request, options) =>
            tracer.startActiveSpan('attune.decide', async (span) => {
              try {
                const page = await decide(request, options)
                if (page === undefined) return undefined
                span.setAttributes({ 'http.route': page.route, 'attune.profile.source': page.source })
                for (const decision of page.decisions) {
                  span.addEvent('feature_flag.evaluation', decisionAttributes(decision))
                }
                return page
              } finally {
                span.end()
              }
            }),
  }
}

function createCounts(
  meter: Pick<Meter, 'createCounter' | 'createHistogram'>,
): (page: Personalized, seconds: number) => void {
  const { unit, description, boundaries } = PAGE_DURATION
  const durations = meter.createHistogram(PAGE_DURATION.name, {
    unit,
    description,
    advice: { explicitBucketBoundaries: [...boundaries] },
  })
  const decisions = meter.createCounter(PAGE_DECISIONS.name, PAGE_DECISIONS)
  return (page, seconds) => {
    durations.record(seconds, { 'attune.profile.source': page.source })
    for (const decision of page.decisions) decisions.add(1, decisionAttributes(decision))
  }
}
