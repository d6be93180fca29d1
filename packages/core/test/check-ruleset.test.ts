import { describe } from 'vitest'
import { type Row, type Shape, testRows } from './support/check-rows.ts'

const experience = (more: Shape): Shape => ({
  experiences: [{ key: 'x', placement: 'home-hero', allocation: [{ variant: 'offer', share: 1 }], ...more }],
})
const X = '$.experiences[0]'

const HEAD: readonly Row[] = [
  ['another version', { version: 2 }, '$.version', 'version', /Write "version": 1/],
  ['no revision', { revision: undefined }, '$.revision', 'revision', /1 to 64 characters/],
  ['an empty revision', { revision: '' }, '$.revision', 'revision', /Use text/],
  ['an unknown field', { segmnets: {} }, '$.segmnets', 'unknown-field', /Known: .*segments/],
  ['an unknown time zone', { timezone: 'Europe/Lond' }, '$.timezone', 'unknown-timezone', /IANA name/],
  ['an offset as time zone', { timezone: '+01:00' }, '$.timezone', 'unknown-timezone', /IANA name/],
  ['a budget of 0', { budget: 0 }, '$.budget', 'bound', /at least 1/],
  [
    'a retention that is no duration',
    { retention: { profile: '1y' } },
    '$.retention.profile',
    'duration',
    /m, h, d or w/,
  ],
  ['a holdout above 1', { holdout: { share: 1.5, salt: 'a' } }, '$.holdout.share', 'share', /0 to 1/],
  [
    'a holdout finer than 1/10000',
    { holdout: { share: 0.00001, salt: 'a' } },
    '$.holdout.share',
    'share',
    /four decimals/,
  ],
  ['a holdout without salt', { holdout: { share: 0.1 } }, '$.holdout.salt', 'key', /1 to 64 characters/],
  ['segments that are a list', { segments: [] }, '$.segments', 'not-an-object', /is an object/],
  ['a route without slash', { routes: { home: [] } }, '$.routes.home', 'route', /Write for example/],
  [
    'a route to nowhere',
    { routes: { '/': ['home-herp'] } },
    '$.routes["/"][0]',
    'unknown-placement',
    /Did you mean "home-hero"/,
  ],
  [
    'a placement twice on a route',
    { routes: { '/': ['home-hero', 'home-hero'] } },
    '$.routes["/"][1]',
    'duplicate-placement',
    /Keep one/,
  ],
]

const DEFINITIONS: readonly Row[] = [
  ['exposure declared anew', { events: { exposure: {} } }, '$.events.exposure', 'built-in', /Remove it/],
  ['identify declared anew', { events: { identify: {} } }, '$.events.identify', 'built-in', /Remove it/],
  [
    'a trait by the name of the weights',
    { traits: { $weights: { type: 'string' } } },
    '$.traits["$weights"]',
    'built-in',
    /Rename the trait/,
  ],
  [
    'a trait that nobody may tell',
    { traits: { t: { type: 'string', sources: {} } } },
    '$.traits.t.sources',
    'empty-list',
    /Name a source/,
  ],
  [
    'a source that weighs nothing',
    { traits: { t: { type: 'string', sources: { crm: 0 } } } },
    '$.traits.t.sources.crm',
    'bound',
    /from 1 to 100/,
  ],
  [
    'an event name with a dash',
    { events: { 'view-item': {} } },
    '$.events["view-item"]',
    'event-name',
    /letters, digits and _/,
  ],
  [
    'an unknown purpose of an event',
    { events: { a: { purpose: 'ads' } } },
    '$.events.a.purpose',
    'unknown-purpose',
    /Purposes: functional/,
  ],
  [
    'an unknown property type',
    { events: { a: { properties: { p: 'date' } } } },
    '$.events.a.properties.p',
    'property-type',
    /Use string, number, boolean/,
  ],
  [
    'an unknown trait type',
    { traits: { t: { type: 'text' } } },
    '$.traits.t.type',
    'trait-type',
    /Use string, number, boolean, list/,
  ],
  [
    'an interest in an unknown event',
    { interests: { i: { of: 'item_id', halfLife: '1d', points: { viewitem: 1 } } } },
    '$.interests.i.points.viewitem',
    'unknown-event',
    /Add it to "events"/,
  ],
  [
    'an interest in an unknown property',
    { interests: { i: { of: 'colour', halfLife: '1d', points: { view_item: 1 } } } },
    '$.interests.i.points.view_item',
    'unknown-property',
    /Add it/,
  ],
  [
    'an interest in a number',
    { interests: { i: { of: 'price', halfLife: '1d', points: { view_item: 1 } } } },
    '$.interests.i.points.view_item',
    'type-mismatch',
    /needs text/,
  ],
  [
    'too many points',
    { interests: { i: { of: 'item_id', halfLife: '1d', points: { view_item: 1000.5 } } } },
    '$.interests.i.points.view_item',
    'points',
    /0 to 1000/,
  ],
  [
    'points finer than a hundredth',
    { interests: { i: { of: 'item_id', halfLife: '1d', points: { view_item: 0.001 } } } },
    '$.interests.i.points.view_item',
    'points',
    /two decimals/,
  ],
  [
    'a half-life that is no duration',
    { interests: { i: { of: 'item_id', halfLife: 14, points: { view_item: 1 } } } },
    '$.interests.i.halfLife',
    'duration',
    /for example "7d"/,
  ],
  [
    'a placement without variants',
    { placements: { p: { baseline: 'a', variants: [] } }, routes: {} },
    '$.placements.p.variants',
    'variants',
    /1 to 256/,
  ],
  [
    'a variant twice',
    { placements: { p: { baseline: 'a', variants: ['a', 'a'] } }, routes: {} },
    '$.placements.p.variants',
    'duplicate-variant',
    /Keep one/,
  ],
  [
    'a baseline that is no variant',
    { placements: { p: { baseline: 'ofer', variants: ['offer'] } }, routes: {} },
    '$.placements.p.baseline',
    'unknown-variant',
    /Did you mean "offer"/,
  ],
]

const EXPERIENCES: readonly Row[] = [
  ['no list', { experiences: {} }, '$.experiences', 'not-a-list', /is a list/],
  ['no key', experience({ key: '' }), `${X}.key`, 'key', /1 to 64 characters/],
  [
    'an unknown placement',
    experience({ placement: 'hero' }),
    `${X}.placement`,
    'unknown-placement',
    /Define it in "placements"/,
  ],
  [
    'an unknown variant',
    experience({ allocation: [{ variant: 'ofer', share: 1 }] }),
    `${X}.allocation[0].variant`,
    'unknown-variant',
    /Did you mean "offer"/,
  ],
  ['no allocation', experience({ allocation: [] }), `${X}.allocation`, 'empty-list', /at least one variant/],
  [
    'shares over 1',
    experience({
      allocation: [
        { variant: 'offer', share: 0.6 },
        { variant: 'default', share: 0.5 },
      ],
    }),
    `${X}.allocation`,
    'shares-over-1',
    /Lower them/,
  ],
  [
    'a share finer than 1/10000',
    experience({ allocation: [{ variant: 'offer', share: 0.00005 }] }),
    `${X}.allocation[0].share`,
    'share',
    /four decimals/,
  ],
  [
    'a negative share',
    experience({ allocation: [{ variant: 'offer', share: -0.1 }] }),
    `${X}.allocation[0].share`,
    'share',
    /0 to 1/,
  ],
  [
    'an audience that is wrong',
    experience({ audience: { segment: 'nobody' } }),
    `${X}.audience.segment`,
    'unknown-segment',
    /Add it to "segments"/,
  ],
  [
    'a schedule that never opens',
    experience({ schedule: { from: '2026-12-01T00:00:00Z', until: '2026-12-01T00:00:00Z' } }),
    `${X}.schedule`,
    'empty-span',
    /never open/,
  ],
  [
    'a cap of 0',
    experience({ cap: { exposures: 0, within: '1d' } }),
    `${X}.cap.exposures`,
    'bound',
    /at least 1/,
  ],
  [
    'a cap without window',
    experience({ cap: { exposures: 1 } }),
    `${X}.cap.within`,
    'duration',
    /for example/,
  ],
  [
    'a cap longer than profiles are kept',
    experience({ cap: { exposures: 1, within: '500d' } }),
    `${X}.cap.within`,
    'window-over-retention',
    /Shorten it/,
  ],
  [
    'a functional cap',
    experience({ purpose: 'functional', cap: { exposures: 1, within: '1d' } }),
    `${X}.cap`,
    'functional',
    /Remove it/,
  ],
  [
    'a functional group',
    experience({ purpose: 'functional', group: 'g' }),
    `${X}.group`,
    'functional',
    /Remove it/,
  ],
  ['an unknown purpose', experience({ purpose: 'ads' }), `${X}.purpose`, 'unknown-purpose', /Purposes:/],
]

describe('the head', () => testRows(HEAD))
describe('definitions', () => testRows(DEFINITIONS))
describe('experiences', () => testRows(EXPERIENCES))
