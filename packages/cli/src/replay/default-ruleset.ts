import type { Condition, EventDefinitions, Ruleset, Segments } from '@attune/core'
import { type Mapping, propertyType } from './mapping.ts'

const SEARCH_ENGINES = ['google.', 'bing.', 'duckduckgo.', 'yahoo.', 'yandex.', 'baidu.']

/** What an access log is asked when no ruleset is named: how much visitors read, whence, and whether they came back. */
export const ACCESS_LOG_RULESET: Ruleset = {
  version: 1,
  revision: 'replay-access-log.1',
  events: { page_view: { properties: { page_path: 'string', page_referrer: 'string' } } },
  segments: {
    'one-page': segment('Saw one page', { count: 'page_view', exactly: 1 }),
    'few-pages': segment('Saw two to four pages', { count: 'page_view', between: [2, 4] }),
    'many-pages': segment('Saw five pages or more', { count: 'page_view', atLeast: 5 }),
    'broad-interest': segment('Saw three different pages or more', {
      distinct: 'page_view',
      of: 'page_path',
      atLeast: 3,
    }),
    'from-search': segment('Came from a search engine', {
      any: SEARCH_ENGINES.map((host) => ({
        count: 'page_view',
        where: { page_referrer: { contains: host } },
        atLeast: 1,
      })),
    }),
    'last-day': segment('Seen within the last day', { count: 'page_view', within: '1d', atLeast: 1 }),
    'came-back': segment('First seen a day ago or earlier, and again within the last day', {
      all: [
        { since: 'page_view', which: 'first', atLeast: '1d' },
        { count: 'page_view', within: '1d', atLeast: 1 },
      ],
    }),
    'went-quiet': segment('Not seen for a day', { absent: 'page_view', within: '1d' }),
  },
}

/** What a CSV is asked when no ruleset is named; `undefined` when its events are named by a column. */
export function rulesetForMapping(mapping: Mapping): Ruleset | undefined {
  const { event, purpose } = mapping
  if (typeof event !== 'string') return undefined
  const properties = Object.entries(mapping.properties ?? {}).map(
    ([name, property]) => [name, propertyType(property)] as const,
  )
  const definition = {
    properties: Object.fromEntries(properties),
    ...(purpose === undefined ? {} : { purpose }),
  }
  const events: EventDefinitions = { [event]: definition }
  return { version: 1, revision: 'replay-csv.1', events, segments: segmentsOf(event) }
}

function segmentsOf(event: string): Segments {
  return {
    once: segment(`One ${event}`, { count: event, exactly: 1 }),
    repeat: segment(`Two to nine of ${event}`, { count: event, between: [2, 9] }),
    loyal: segment(`Ten or more of ${event}`, { count: event, atLeast: 10 }),
    new: segment(`First ${event} within 30 days`, { since: event, which: 'first', lessThan: '30d' }),
    active: segment(`A ${event} within 30 days`, { count: event, within: '30d', atLeast: 1 }),
    'cooling-off': segment(`Last ${event} 30 to 90 days ago`, { since: event, between: ['30d', '90d'] }),
    lapsed: segment(`Known for 90 days, and no ${event} in them`, { absent: event, within: '90d' }),
    'win-back': segment(`Ten or more of ${event}, none within 90 days`, {
      all: [
        { count: event, atLeast: 10 },
        { absent: event, within: '90d' },
      ],
    }),
  }
}

function segment(label: string, when: Condition): Segments[string] {
  return { label, when }
}
