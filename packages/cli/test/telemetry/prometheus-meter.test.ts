import type { MetricSpec } from '@attune/storage/telemetry'
import { expect, onTestFinished, test } from 'vitest'
import { createPrometheusMeter, type PrometheusMeter } from '../../src/telemetry/prometheus-meter.ts'

const spec = (
  name: string,
  kind: MetricSpec['kind'],
  unit: string,
  more: Partial<MetricSpec> = {},
): MetricSpec => ({
  name,
  kind,
  unit,
  description: `Tells ${name}.`,
  attributes: {},
  ...more,
})
const SPECS = [
  spec('attune.cups', 'counter', '{cup}', {
    attributes: { 'cup.kind': ['tea', 'coffee'], 'cup.room': 'a room' },
  }),
  spec('attune.brew', 'histogram', 's', { boundaries: [0.1, 1] }),
  spec('attune.wait', 'histogram', 's'),
  spec('attune.waiting', 'gauge', '{guest}'),
  spec('attune.seats', 'gauge', '1', { attributes: { 'seat.row': 'a row' } }),
  spec('attune.served', 'sum', '{guest}'),
]

function makeMeter(): PrometheusMeter & { readonly lines: () => Promise<readonly string[]> } {
  const meter = createPrometheusMeter(SPECS)
  onTestFinished(() => meter.close())
  const lines = async () => (await meter.render()).text.split('\n').filter((line) => line.includes('attune_'))
  return { ...meter, lines }
}

test('counters and histograms are told by the names that Prometheus gives them', async () => {
  const meter = makeMeter()
  meter.createCounter('attune.cups').add(2, { 'cup.kind': 'tea', 'cup.room': 'blue' })
  meter.createCounter('attune.cups').add(1, { 'cup.kind': 'tea', 'cup.room': 'blue' })
  meter.createHistogram('attune.brew').record(0.5)
  expect(await meter.lines()).toEqual([
    '# HELP attune_cups_total Tells attune.cups.',
    '# TYPE attune_cups_total counter',
    'attune_cups_total{cup_kind="tea",cup_room="blue"} 3',
    '# HELP attune_brew_seconds Tells attune.brew.',
    '# TYPE attune_brew_seconds histogram',
    'attune_brew_seconds_bucket{le="0.1"} 0',
    'attune_brew_seconds_bucket{le="1"} 1',
    'attune_brew_seconds_bucket{le="+Inf"} 1',
    'attune_brew_seconds_sum 0.5',
    'attune_brew_seconds_count 1',
  ])
})

test('what no spec names is not told: neither an attribute nor a value', async () => {
  const meter = makeMeter()
  meter
    .createCounter('attune.cups')
    .add(1, { 'cup.kind': 'anna@example.com', 'cup.owner': 'anna', 'cup.room': 'b' })
  expect(await meter.lines()).toContain('attune_cups_total{cup_kind="other",cup_room="b"} 1')
  expect(() => meter.createCounter('attune.unknown')).toThrow('attune.unknown stands in no list.')
})

test('a histogram whose spec names no borders has those that it is measured with', async () => {
  const meter = makeMeter()
  const advice = { explicitBucketBoundaries: [0.25, 0.5] }
  meter.createHistogram('attune.wait', { advice }).record(0.3)
  expect((await meter.lines()).filter((line) => line.includes('_bucket'))).toEqual([
    'attune_wait_seconds_bucket{le="0.25"} 0',
    'attune_wait_seconds_bucket{le="0.5"} 1',
    'attune_wait_seconds_bucket{le="+Inf"} 1',
  ])
})

test('gauges are asked at each look, and what is not observed any more is not told', async () => {
  const meter = makeMeter()
  const waiting = meter.createObservableGauge('attune.waiting')
  const seats = meter.createObservableGauge('attune.seats')
  const served = meter.createObservableCounter('attune.served')
  const rounds = [
    { waiting: 3, row: 'a', served: 10 },
    { row: 'b', served: 12 },
  ]
  meter.addBatchObservableCallback(
    async (result) => {
      const round = rounds.shift()
      if (round?.waiting !== undefined) result.observe(waiting, round.waiting)
      if (round === undefined) return
      result.observe(seats, 1, { 'seat.row': round.row })
      result.observe(served, round.served)
    },
    [waiting, seats, served],
  )
  const samples = async () => (await meter.lines()).filter((line) => !line.startsWith('#'))
  expect(await samples()).toEqual([
    'attune_waiting 3',
    'attune_seats{seat_row="a"} 1',
    'attune_served_total 10',
  ])
  expect(await samples()).toEqual(['attune_seats{seat_row="b"} 1', 'attune_served_total 12'])
})

test('one instrument may be asked alone', async () => {
  const meter = makeMeter()
  meter.createObservableGauge('attune.waiting').addCallback((result) => result.observe(7))
  expect(await meter.lines()).toContain('attune_waiting 7')
})

test('two who look at the same time are answered alike', async () => {
  const meter = makeMeter()
  const served = meter.createObservableCounter('attune.served')
  meter.addBatchObservableCallback(async (result) => result.observe(served, 5), [served])
  const [first, second] = await Promise.all([meter.render(), meter.render()])
  expect(first.text).toContain('attune_served_total 5\n')
  expect(second).toEqual(first)
})

test('the process is measured as well', async () => {
  const { type, text } = await makeMeter().render()
  expect(type).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(text).toContain('process_cpu_seconds_total')
  expect(text).toContain('nodejs_eventloop_lag_seconds')
})
