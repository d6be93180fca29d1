import type { DelayHistogram } from '@attune/storage/queue'
import type { WorkState } from './progress-line.ts'

// Seconds.
const BORDERS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600]

/** What a worker did and what waits, in the text format of Prometheus. Nothing in it names a visitor. */
export function renderMetrics({ report, partitions, waiting, now }: WorkState): string {
  const { accepted, duplicates, conflicts } = report
  const results = Object.entries({ accepted, duplicate: duplicates, conflict: conflicts })
  return [
    ...family('attune_worker_events_total', 'counter', 'Events that were folded, by what became of them.', [
      ...results.map(([result, count]) => [`{result="${result}"}`, count] as const),
    ]),
    ...family('attune_worker_set_aside_total', 'counter', 'Entries that were set aside.', [
      ['', report.setAside],
    ]),
    ...family('attune_worker_partitions', 'gauge', 'Partitions that this worker has.', [['', partitions]]),
    ...delayLines(report.delays),
    ...(waiting === null
      ? []
      : [
          ...family('attune_queue_waiting_entries', 'gauge', 'Entries that wait.', [['', waiting.entries]]),
          ...family('attune_queue_oldest_seconds', 'gauge', 'For how long the oldest entry has waited.', [
            ['', waiting.oldest === null ? 0 : Math.max(0, now - waiting.oldest) / 1000],
          ]),
          ...family('attune_queue_set_aside_entries', 'gauge', 'Entries that are set aside.', [
            ['', waiting.setAside],
          ]),
        ]),
    '',
  ].join('\n')
}

function delayLines(delays: DelayHistogram): readonly string[] {
  const buckets = delays.buckets()
  const upTo = (seconds: number): number =>
    buckets.reduce((sum, bucket) => (bucket.upTo <= seconds * 1000 ? sum + bucket.count : sum), 0)
  const name = 'attune_fold_delay_seconds'
  return [
    `# HELP ${name} From when an event was received to when it was in the profile.`,
    `# TYPE ${name} histogram`,
    ...BORDERS.map((border) => `${name}_bucket{le="${border}"} ${upTo(border)}`),
    `${name}_bucket{le="+Inf"} ${delays.count}`,
    `${name}_sum ${delays.sum / 1000}`,
    `${name}_count ${delays.count}`,
  ]
}

type Sample = readonly [labels: string, value: number]

function family(name: string, kind: string, help: string, samples: readonly Sample[]): readonly string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${kind}`,
    ...samples.map(([labels, value]) => `${name}${labels} ${value}`),
  ]
}
