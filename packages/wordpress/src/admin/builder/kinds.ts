import type { JsonObject } from '@attune/core/json'
import { __ } from '@wordpress/i18n'
import type { Names } from '../document/names.ts'
import { COMPARATORS } from './fields/comparator.ts'

/** Where a kind stands in the menu. */
export type KindGroup = 'visitor' | 'did' | 'journey' | 'measure' | 'moment'

/** The forms, called after what marks their conditions. */
export type FormName =
  | 'attr'
  | 'segment'
  | 'consent'
  | 'count'
  | 'absent'
  | 'since'
  | 'unfinished'
  | 'regular'
  | 'sequence'
  | 'touch'
  | 'funnel'
  | 'distinct'
  | 'aggregate'
  | 'score'
  | 'interest'
  | 'rfm'
  | 'when'

/** A kind of condition that has a form. */
export interface FormedKind {
  readonly form: FormName
  /** The members that mark it; the first is the one of a fresh condition. */
  readonly marks: readonly string[]
  readonly group: KindGroup
  readonly label: () => string
  /** All members that the form shows; `'any'` where it shows every test. A condition with others is shown as JSON. */
  readonly shows: readonly string[] | 'any'
  /** A fresh condition; `undefined` where the ruleset defines nothing that it could name. */
  readonly make: (names: Names) => JsonObject | undefined
}

const WINDOWED = ['where', 'within']

/** Every kind with a form, in the order of the menu. */
export const FORMED_KINDS: readonly FormedKind[] = [
  {
    form: 'attr',
    marks: ['attr'],
    group: 'visitor',
    label: () => __('Country, device, page or trait', 'attune'),
    shows: 'any',
    make: () => ({ attr: 'device.type', is: 'mobile' }),
  },
  {
    form: 'segment',
    marks: ['segment'],
    group: 'visitor',
    label: () => __('Is in another segment', 'attune'),
    shows: ['segment'],
    make: ({ segments }) => (segments.length < 2 ? undefined : { segment: '' }),
  },
  {
    form: 'consent',
    marks: ['consent'],
    group: 'visitor',
    label: () => __('Agreed to a purpose', 'attune'),
    shows: ['consent'],
    make: () => ({ consent: 'marketing' }),
  },
  {
    form: 'count',
    marks: ['count'],
    group: 'did',
    label: () => __('How often something was done', 'attune'),
    shows: ['count', ...WINDOWED, ...COMPARATORS],
    make: (names) => ({ count: firstEvent(names), within: '7d', atLeast: 3 }),
  },
  {
    form: 'absent',
    marks: ['absent'],
    group: 'did',
    label: () => __('Did not do it for a while', 'attune'),
    shows: ['absent', ...WINDOWED],
    make: (names) => ({ absent: firstEvent(names), within: '30d' }),
  },
  {
    form: 'since',
    marks: ['since'],
    group: 'did',
    label: () => __('How long ago it was done', 'attune'),
    shows: ['since', 'which', 'where', ...COMPARATORS],
    make: (names) => ({ since: firstEvent(names), atLeast: '30d' }),
  },
  {
    form: 'unfinished',
    marks: ['unfinished'],
    group: 'did',
    label: () => __('Began and did not finish', 'attune'),
    shows: ['unfinished', 'without', 'for', ...WINDOWED],
    make: (names) => ({
      unfinished: eventLike(names, 'add_to_cart'),
      without: eventLike(names, 'purchase'),
      for: '1h',
      within: '7d',
    }),
  },
  {
    form: 'regular',
    marks: ['regular'],
    group: 'did',
    label: () => __('Does it regularly', 'attune'),
    shows: ['regular', 'where', 'period', 'atLeast', 'ofLast'],
    make: (names) => ({ regular: firstEvent(names), period: 'day', atLeast: 3, ofLast: 7 }),
  },
  {
    form: 'sequence',
    marks: ['sequence'],
    group: 'journey',
    label: () => __('Did things one after another', 'attune'),
    shows: ['sequence', 'gap', 'within', 'unless'],
    make: (names) => ({
      sequence: [{ event: eventLike(names, 'view_item') }, { event: eventLike(names, 'add_to_cart') }],
      within: '7d',
    }),
  },
  {
    form: 'touch',
    marks: ['touch'],
    group: 'journey',
    label: () => __('Where they came from before', 'attune'),
    shows: 'any',
    make: () => ({ touch: 'first', of: 'utm.source', is: 'newsletter' }),
  },
  {
    form: 'funnel',
    marks: ['funnel'],
    group: 'journey',
    label: () => __('How far they got in a funnel', 'attune'),
    shows: ['funnel', 'reached', 'stage'],
    make: ({ funnels: [funnel], stagesOf }) =>
      funnel === undefined ? undefined : { funnel, reached: stagesOf(funnel).at(-1) ?? '' },
  },
  {
    form: 'distinct',
    marks: ['distinct'],
    group: 'measure',
    label: () => __('How many different values', 'attune'),
    shows: ['distinct', 'of', ...WINDOWED, ...COMPARATORS],
    make: (names) =>
      measure(names, undefined, (event, of) => ({ distinct: event, of, within: '7d', atLeast: 3 })),
  },
  {
    form: 'aggregate',
    marks: ['sum', 'avg', 'min', 'max'],
    group: 'measure',
    label: () => __('How much it comes to', 'attune'),
    shows: ['sum', 'avg', 'min', 'max', 'of', ...WINDOWED, ...COMPARATORS],
    make: (names) =>
      measure(names, 'number', (event, of) => ({ sum: event, of, within: '90d', atLeast: 100 })),
  },
  {
    form: 'score',
    marks: ['score'],
    group: 'measure',
    label: () => __('Score', 'attune'),
    shows: ['score', 'percentile', ...COMPARATORS],
    make: ({ scores: [score] }) => (score === undefined ? undefined : { score, atLeast: 10 }),
  },
  {
    form: 'interest',
    marks: ['interest'],
    group: 'measure',
    label: () => __('Interest', 'attune'),
    shows: ['interest', 'top', 'is', 'value', ...COMPARATORS],
    make: ({ interests: [interest] }) => (interest === undefined ? undefined : { interest, top: 1, is: '' }),
  },
  {
    form: 'rfm',
    marks: ['rfm'],
    group: 'measure',
    label: () => __('Recency, frequency and value', 'attune'),
    shows: ['rfm', 'recency', 'frequency', 'monetary'],
    make: ({ rfm: [rfm] }) => (rfm === undefined ? undefined : { rfm, recency: { atLeast: 4 } }),
  },
  {
    form: 'when',
    marks: ['when'],
    group: 'moment',
    label: () => __('Date, hour or weekday', 'attune'),
    shows: ['when'],
    make: () => ({ when: { weekdays: ['sat', 'sun'] } }),
  },
]

/** The kind of a condition whose form shows all of it; `undefined` where only JSON does. */
export function formedKindOf(node: JsonObject): FormedKind | undefined {
  const kind = FORMED_KINDS.find(({ marks }) => marks.some((mark) => Object.hasOwn(node, mark)))
  if (kind === undefined || kind.shows === 'any') return kind
  const { shows } = kind
  return Object.keys(node).every((member) => shows.includes(member)) ? kind : undefined
}

const firstEvent = ({ events }: Names): string => events[0] ?? ''

const eventLike = (names: Names, wanted: string): string =>
  names.events.includes(wanted) ? wanted : firstEvent(names)

// The first event that has a property of the type.
function measure(
  { events, propertiesOf }: Names,
  type: string | undefined,
  make: (event: string, property: string) => JsonObject,
): JsonObject | undefined {
  for (const event of events) {
    const property = propertiesOf(event).find((each) => type === undefined || each.type === type)
    if (property !== undefined) return make(event, property.name)
  }
  return undefined
}
