import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { builtInEvents } from '@attune/core/explain'
import { expect, test } from 'vitest'
import { dictionary } from '../../src/commands/dictionary.ts'
import { HEARD_BY_TRACKER } from '../../src/dictionary/heard-by-tracker.ts'
import { main } from '../../src/main.ts'
import { makeFolder } from '../support/make-folder.ts'
import { makeIo } from '../support/make-io.ts'

const shop = fileURLToPath(new URL('../../../../examples/next-shop/ruleset.json', import.meta.url))
const page = readFileSync(new URL('../../../../docs/guide/data-dictionary.md', import.meta.url), 'utf8')

const RULESET = {
  version: 1,
  revision: 'r1 <b>',
  events: {
    purchase: {
      properties: { value: 'number', currency: 'string', item_category: 'string' },
      bounds: { value: { atLeast: 0, atMost: 5000 } },
      defaults: { currency: 'EUR' },
      required: ['value'],
    },
    refund: { purpose: 'statistics', properties: { value: 'number', torn: 'boolean' }, signed: ['value'] },
    order_paid: { signed: true },
  },
  traits: {
    plan: { type: 'string' },
    sports: { type: 'list', purpose: 'marketing' },
    tier: { type: 'string', sources: { browser: 1, crm: 3, 'the till|x': 2 } },
    debt: { type: 'number', sources: { crm: 1 } },
  },
  scores: { worth: { halfLife: '30d', points: [{ event: 'purchase', points: 5 }] } },
  segments: {
    climber: {
      when: {
        all: [{ attr: 'trait.sports', hasAny: ['climbing'] }, { not: { attr: 'trait.tier', is: 'x' } }],
      },
    },
    buyer: {
      label: 'Bought | lately',
      when: {
        any: [{ count: 'purchase', within: '30d', atLeast: 1 }, { not: { score: 'worth', atLeast: 3 } }],
      },
    },
  },
  placements: { hero: { baseline: 'a', variants: ['a', 'b'] } },
  experiences: [
    {
      key: 'gold',
      placement: 'hero',
      audience: { attr: 'trait.tier', is: 'gold' },
      allocation: [{ variant: 'b', share: 1 }],
    },
  ],
  routes: {},
}

async function run(ruleset: object | string, ...args: readonly string[]) {
  const { io, out, err } = makeIo()
  const file =
    typeof ruleset === 'string' ? ruleset : join(makeFolder({ 'r.json': JSON.stringify(ruleset) }), 'r.json')
  const code = await main(['dictionary', file, ...args], [dictionary], io, '1')
  return { code, out: out(), err: err() }
}

const section = (text: string, name: string): string =>
  new RegExp(`### \`${name}\`[^]*?(?=\n##|$)`).exec(text)?.[0] ?? ''

test('an event is told with its consent, its users, its properties and a call that sends it', async () => {
  const { code, out } = await run(RULESET)
  expect(code).toBe(0)
  expect(section(out, 'purchase')).toBe(`### \`purchase\`

Consent: \`preferences\` (personalising). Used by: segment buyer, score worth.

| Property | Type | Holds | Example |
| --- | --- | --- | --- |
| \`value\` | number | required, at least 0, at most 5000 | \`129.9\` |
| \`currency\` | string | "EUR" when missing | \`"EUR"\` |
| \`item_category\` | string |  | \`"hiking"\` |

\`\`\`js
attune.track("purchase", {
  "value": 129.9,
  "currency": "EUR",
  "item_category": "hiking"
})
\`\`\`
`)
})

test('what servers sign, what nobody uses and what is built in is said', async () => {
  const { out } = await run(RULESET)
  expect(section(out, 'refund')).toContain('| `value` | number | from servers only, signed | `129.9` |')
  expect(section(out, 'refund')).toContain('Consent: `statistics` (measuring). Used by: nothing yet.')
  expect(section(out, 'order_paid')).toContain('Only a server may send it, signed.')
  expect(section(out, 'order_paid')).toContain(
    'sender.send({ visitor, consent, events: [{ id, time, name: "order_paid" }] })',
  )
  expect(section(out, 'exposure')).toContain(
    'Built in. The tracker sends it by itself, when the variant of a placement was seen for a second.',
  )
})

test('what the tracker sends by itself is never shown as a call, as it would count twice', async () => {
  const events = { page_view: { properties: { page_path: 'string' } }, session_start: { signed: true } }
  const { out } = await run({ ...RULESET, scores: {}, segments: {}, experiences: [], events })
  expect(section(out, 'page_view')).toContain('The tracker sends it by itself, when a page is shown.')
  expect(section(out, 'page_view')).toContain('```html\n<script async src="/attune.js"></script>\n```')
  // A server's word for it.
  expect(section(out, 'session_start')).not.toContain('tracker')
})

test('the guide on tracking has every event that the tracker is said to send by itself, and no other', () => {
  const tracking = readFileSync(new URL('../../../../docs/guide/tracking.md', import.meta.url), 'utf8')
  const [, events = ''] = /^## Events\n([\s\S]*?)\n\n[^|\n]/m.exec(tracking) ?? []
  const listed = [...events.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)
  expect(Object.keys(HEARD_BY_TRACKER).sort()).toEqual(listed.filter((name) => name !== 'identify').sort())
})

test('every event that all rulesets have is there; the one that tells traits with all of them', async () => {
  const { out } = await run(RULESET)
  for (const name of builtInEvents()) expect(section(out, name)).toContain('Built in.')
  expect(section(out, 'identify')).toBe(`### \`identify\`

Consent: \`preferences\` (personalising). Used by: segment climber, experience gold. Built in. Tells traits: each also needs the consent that stands with it below.

| Property | Type | Holds | Example |
| --- | --- | --- | --- |
| \`plan\` | string |  | \`"pro"\` |
| \`sports\` | list of text |  | \`["hiking"]\` |
| \`tier\` | string |  | \`"gold"\` |
| \`debt\` | number | not heard from pages | \`1\` |

\`\`\`js
attune.identify({
  "plan": "pro",
  "sports": [
    "hiking"
  ],
  "tier": "gold"
})
\`\`\`
`)
})

test('where pages may tell no trait a server is shown telling them, and where there is none nothing', async () => {
  const asked = { ...RULESET, segments: {}, experiences: [] }
  const { out } = await run({ ...asked, traits: { debt: RULESET.traits.debt } })
  expect(section(out, 'identify')).toContain('name: "identify", properties: {\n  "debt": 1\n} }] })')
  expect((await run({ ...asked, traits: {} })).out).not.toContain('identify')
})

test('traits and segments follow, and a name breaks no table', async () => {
  const { out } = await run(RULESET)
  expect(out).toContain(
    '| `plan` | string | `preferences` (personalising) | anybody; the later holds | nothing yet | `"pro"` |',
  )
  expect(out).toContain(
    '| `tier` | string | `preferences` (personalising) | crm (3), the till\\|x (2), browser (1) | segment climber, experience gold | `"gold"` |',
  )
  expect(out).toContain('| `sports` | list of text | `marketing` (advertising) |')
  expect(out).toMatch(/\| `buyer` \| Bought \\\| lately \| .*bought.* \|\n/i)
})

test('the page holds the same, escaped', async () => {
  const { code, out } = await run(RULESET, '--html')
  expect(code).toBe(0)
  expect(out).toContain('<title>Data dictionary · r1 &#60;b&#62;</title>')
  expect(out).not.toContain('<b>')
  for (const said of [
    'id="event-purchase"',
    'segment buyer, score worth',
    'crm (3), the till|x (2), browser (1)',
    'attune.identify(',
    'required, at least 0, at most 5000',
  ])
    expect(out).toContain(said)
  expect(out).not.toContain('<script')
})

test('every event of the shop is on both pages, and each link of the page leads to one', async () => {
  const names = Object.keys(JSON.parse(readFileSync(shop, 'utf8')).events)
  const [markdown, html] = [(await run(shop, '--md')).out, (await run(shop, '--html')).out]
  const ids = [...html.matchAll(/<article id="([^"]+)"/g)].map(([, id]) => id)
  expect(ids).toEqual([...names, ...builtInEvents()].map((name) => `event-${name}`))
  expect([...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)).toEqual(ids)
  for (const name of names) expect(markdown).toContain(`### \`${name}\``)
})

test('a file is written, and what cannot be done is told', async () => {
  const out = join(makeFolder({}), 'dictionary.md')
  expect(await run(RULESET, '--out', out)).toEqual({ code: 0, out: '', err: '' })
  expect(readFileSync(out, 'utf8')).toBe((await run(RULESET)).out)
  expect((await run(RULESET, '--html', '--md')).code).toBe(2)
  expect((await run(RULESET, '--out', join(out, 'below'))).err).toContain('no folder')
  expect((await run({ ...RULESET, events: { '7': {} } })).code).toBe(2)
})

test('the guide shows what is really written', async () => {
  const declared = JSON.parse(/```json part\n([^`]*)```/.exec(page)![1]!)
  const { out } = await run({ ...RULESET, scores: {}, segments: {}, experiences: [], ...declared })
  expect(page).toContain(section(out, 'purchase').trim())
  expect(page).toContain(out.slice(out.indexOf('## Traits'), out.indexOf('## Segments')).trim())
})
