import { checkRuleset } from '@attune/core/check'
import { describe, expect, test } from 'vitest'
import { exampleRuleset } from './support/example-ruleset.ts'

interface Shape {
  readonly [key: string]: unknown
}

const views = (more: Shape): Shape => ({ count: 'view_item', ...more })
const MANY = views({ within: '7d', atLeast: 5 })
const FEW = views({ within: '30d', atMost: 3 })
const BRITISH: Shape = { attr: 'geo.country', is: 'GB' }
const FRENCH: Shape = { attr: 'geo.country', is: 'FR' }
const STEPS = [{ event: 'view_item' }, { event: 'add_to_cart' }, { event: 'purchase' }]
const NO_PRICE = { price: { moreThan: Number.MAX_SAFE_INTEGER } }
const OFFER = [{ variant: 'offer', share: 1 }]

const everything = (more: Shape) =>
  checkRuleset({ ...exampleRuleset, segments: {}, experiences: [], ...more })
// Most rulesets here leave experiences out, and so variants that one would show.
const found = (more: Shape) =>
  everything(more)
    .filter(({ code }) => code !== 'unused-variant')
    .map(({ path, code }) => [path, code])

/** What is found in a segment's condition, its path cut. */
const inCondition = (when: Shape) => {
  const used = {
    key: 'x',
    placement: 'home-hero',
    audience: { segment: 's' },
    allocation: OFFER,
    cap: { exposures: 1, within: '1d' },
  }
  return found({ segments: { s: { when } }, experiences: [used] })
    .filter(([path]) => path!.startsWith('$.segments'))
    .map(([path, code]) => [path!.slice('$.segments.s.when'.length), code])
}
const among = (...experiences: readonly Shape[]) =>
  found({
    experiences: experiences.map((more, at) => ({
      key: `x${at}`,
      placement: 'home-hero',
      allocation: OFFER,
      ...more,
    })),
  }).map(([path, code]) => [path!.slice('$.experiences'.length), code])

describe('conditions', () => {
  test.each<readonly [what: string, condition: Shape, found: readonly (readonly string[])[]]>([
    [
      'a contradiction is told where it is, once',
      { any: [BRITISH, { all: [BRITISH, { all: [MANY, FEW] }] }] },
      [['.any[1].all[1]', 'never-true']],
    ],
    [
      'a contradiction is a tautology when denied, and told once',
      { not: { all: [MANY, FEW] } },
      [['.not', 'never-true']],
    ],
    ['a tautology', { any: [views({ atLeast: 3 }), views({ lessThan: 3 })] }, [['', 'always-true']]],
    ['a bound that all pass', views({ atLeast: 0 }), [['', 'always-true']]],
    ['a bound that none pass', views({ lessThan: 0 }), [['', 'never-true']]],
    [
      'a tautology does not hide a contradiction beside it',
      { all: [views({ atLeast: 0 }), MANY, FEW] },
      [
        ['.all[0]', 'always-true'],
        ['', 'never-true'],
      ],
    ],
    [
      'two of three that exclude each other',
      { atLeast: 2, of: [BRITISH, FRENCH, { attr: 'geo.country', is: 'IE' }] },
      [['', 'never-true']],
    ],
    [
      'a chain that its own step breaks',
      { sequence: STEPS, unless: 'add_to_cart' },
      [['', 'never-completes']],
    ],
    [
      'a chain with a filter that nothing passes',
      { sequence: [{ event: 'view_item', where: NO_PRICE }, ...STEPS] },
      [['', 'never-completes']],
    ],
    ['what may be', { all: [MANY, views({ within: '30d', atMost: 9 })] }, []],
    ['another filter', { all: [MANY, { ...FEW, where: { item_category: 'hiking' } }] }, []],
    ['a chain that its last step cannot break', { sequence: STEPS, unless: 'purchase' }, []],
  ])('%s', (_, condition, expected) => {
    expect(inCondition(condition)).toEqual(expected)
  })

  test('the message names what contradicts what', () => {
    const problems = everything({
      segments: { 'high-intent': { when: { all: [BRITISH, MANY, FEW] } } },
      experiences: exampleRuleset.experiences,
      placements: { 'home-hero': { baseline: 'default', variants: ['default', 'offer'] } },
      routes: {},
    })
    expect(problems.map(({ message }) => message)).toEqual([
      '{"count":"view_item","within":"7d","atLeast":5} and {"count":"view_item","within":"30d","atMost":3} are never both true. Correct or remove one of them.',
      'The audience is never true: nobody meets this experience. Correct the audience.',
    ])
  })

  test('a stage that nobody reaches', () => {
    const steps = [
      { stage: 'a', event: 'view_item', where: NO_PRICE },
      { stage: 'b', event: 'purchase' },
    ]
    expect(found({ funnels: { f: { within: '1d', steps } } })).toEqual([
      ['$.funnels.f.steps[0]', 'unreachable-stage'],
    ])
  })
})

describe('experiences', () => {
  const open = (from: string, until: string): Shape => ({
    schedule: { from: `${from}T00:00:00Z`, until: `${until}T00:00:00Z` },
  })

  test.each<readonly [what: string, experiences: readonly Shape[], found: readonly (readonly string[])[]]>([
    ['behind one for everybody', [{}, { audience: BRITISH }], [['[1]', 'never-wins']]],
    [
      'behind one for more',
      [{ audience: views({ atLeast: 3 }) }, { audience: MANY }],
      [['[1]', 'never-wins']],
    ],
    ['behind one for fewer', [{ audience: MANY }, { audience: views({ atLeast: 3 }) }], []],
    [
      'behind two that share everybody it is for',
      [{ audience: BRITISH }, { audience: FRENCH }, { audience: { attr: 'geo.country', in: ['GB', 'FR'] } }],
      [['[2]', 'never-wins']],
    ],
    ['behind one with a cap', [{ cap: { exposures: 3, within: '1d' } }, {}], []],
    ['behind one for half', [{ allocation: [{ variant: 'offer', share: 0.5 }] }, {}], []],
    [
      'behind two halves',
      [
        {
          allocation: [
            { variant: 'offer', share: 0.5 },
            { variant: 'hiking', share: 0.5 },
          ],
        },
        {},
      ],
      [['[1]', 'never-wins']],
    ],
    [
      'behind one of another placement',
      [{ placement: 'product-rail', allocation: [{ variant: 'nearby', share: 1 }] }, {}],
      [],
    ],
    ['behind one that ends', [open('2026-11-01', '2026-12-01'), {}], []],
    [
      'behind one that is open longer',
      [open('2026-11-01', '2026-12-01'), open('2026-11-10', '2026-11-20')],
      [['[1]', 'never-wins']],
    ],
    ['shown without consent, behind one that is not', [{}, { purpose: 'functional' }], []],
    [
      'shown without consent, behind another',
      [{ purpose: 'functional' }, { purpose: 'functional', audience: BRITISH }],
      [['[1]', 'never-wins']],
    ],
    ['for nobody', [{ audience: { all: [BRITISH, FRENCH] } }], [['[0].audience', 'never-true']]],
    [
      'open when its audience is not',
      [{ ...open('2026-11-01', '2026-12-01'), audience: { when: { from: '2026-12-01T00:00:00Z' } } }],
      [['[0].audience', 'never-shown']],
    ],
  ])('%s', (_, experiences, expected) => {
    expect(among(...experiences)).toEqual(expected)
  })

  test('for a segment that nobody is in, both are told', () => {
    const segments = { s: { when: { all: [BRITISH, FRENCH] } } }
    const experiences = [{ key: 'x', placement: 'home-hero', audience: { segment: 's' }, allocation: OFFER }]
    expect(found({ segments, experiences })).toEqual([
      ['$.segments.s.when', 'never-true'],
      ['$.experiences[0].audience', 'never-shown'],
    ])
  })
})

describe('values', () => {
  const values = (when: Shape) =>
    everything({ segments: { s: { when } } })
      .filter(({ code }) => code === 'unlikely-value')
      .map(({ path, message }) => [path.slice('$.segments.s.when'.length), message])

  test.each<readonly [condition: Shape, path: string, message: string]>([
    [{ attr: 'geo.country', is: 'UK' }, '.is', '"UK" is no country. Write "GB".'],
    [{ attr: 'geo.country', isNot: 'de' }, '.isNot', '"de" is no country. Write "DE".'],
    [{ attr: 'geo.country', is: 'uk', ignoreCase: true }, '.is', '"uk" is no country. Write "GB".'],
    [
      { not: { any: [BRITISH, { attr: 'geo.country', in: ['FR', 'Germany'] }] } },
      '.not.any[1].in[1]',
      '"Germany" is no country. Use two capital letters of ISO 3166, for example "GB".',
    ],
    [
      { attr: 'device.type', notIn: ['phone'] },
      '.notIn[0]',
      'The device.type is never "phone". Use one of mobile, tablet, desktop.',
    ],
    [{ attr: 'device.os', is: 'Chrome OS' }, '.is', 'The device.os is never "Chrome OS". Write "chromeos".'],
    [
      { attr: 'device.browser', is: 'Safari' },
      '.is',
      'The device.browser is never "Safari". Write "safari".',
    ],
    [{ attr: 'language', is: 'en_GB' }, '.is', '"en_GB" is no language tag. Write "en-GB".'],
    [{ attr: 'language', is: 'english' }, '.is', '"english" is no language tag. Write for example "en-GB".'],
  ])('%j: what no request has is told with the cure', (condition, path, message) => {
    expect(values(condition)).toEqual([[path, message]])
  })

  test.each<Shape>([
    { attr: 'geo.country', in: ['GB', 'XK', 'TW'] },
    { attr: 'geo.country', is: 'gb', ignoreCase: true },
    { attr: 'geo.country', startsWith: 'g' },
    { attr: 'geo.country', exists: true },
    { attr: 'geo.city', is: 'uk' },
    { attr: 'device.type', is: 'MOBILE', ignoreCase: true },
    { attr: 'device.os', in: ['ios', 'android', 'windows', 'chromeos', 'macos', 'linux'] },
    { attr: 'language', in: ['en', 'en-GB', 'en-gb', 'zh-Hant-TW', 'gsw'] },
    { attr: 'custom.country', is: 'UK' },
  ])('%j: what a request may have is not warned of', (condition) => {
    expect(values(condition)).toEqual([])
  })
})

test('a variant is warned of unless an experience shows it, be it with no share, or it is the baseline', () => {
  const placements = { hero: { baseline: 'plain', variants: ['offer', 'plain', 'gift', 'later'] } }
  const allocation = [
    { variant: 'offer', share: 0.5 },
    { variant: 'later', share: 0 },
  ]
  const experiences = [{ key: 'x', placement: 'hero', allocation }]
  const problems = everything({ placements, experiences, routes: {} })
  expect(problems.map(({ path, code, message }) => [path, code, message])).toEqual([
    [
      '$.placements.hero.variants[2]',
      'unused-variant',
      'No experience shows "gift", and it is not the baseline. Allocate it or remove it.',
    ],
  ])
})
