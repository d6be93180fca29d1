import { applyEvents, emptyProfile, type Ruleset } from '@attune/core'
import { explainDecisions, foldDenials } from '@attune/core/explain'
import { compileDocument } from '@attune/core/publish'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { PlacementCard } from '../src/overlay/placement-card.tsx'

const NOW = Date.UTC(2026, 10, 22, 12)

const ruleset: Ruleset = {
  version: 1,
  revision: 'r1',
  events: { view_item: { properties: { item_category: 'string' } }, purchase: {} },
  segments: {
    keen: {
      label: 'Keen on hiking',
      when: {
        all: [
          { count: 'view_item', where: { item_category: 'hiking' }, within: '7d', atLeast: 3 },
          { not: { count: 'purchase', within: '24h', atLeast: 1 } },
        ],
      },
    },
  },
  placements: { hero: { baseline: 'plain', variants: ['plain', 'hiking'] } },
  experiences: [
    {
      key: 'hero-hiking',
      placement: 'hero',
      audience: { segment: 'keen' },
      allocation: [{ variant: 'hiking', share: 1 }],
    },
  ],
}

function renderHero(views: number): string {
  const compiled = compileDocument(ruleset)
  const events = Array.from({ length: views }, (_, at) => ({
    id: `e${at}`,
    name: 'view_item',
    time: NOW - (views - at) * 3_600_000,
    properties: { item_category: 'hiking' },
  }))
  const profile = applyEvents(emptyProfile(compiled.plan), events, compiled.plan)
  const question = { profile, context: {}, consent: { preferences: true }, now: NOW }
  const [{ decision, experiences } = { decision: undefined, experiences: [] }] = explainDecisions(
    compiled,
    question,
  )
  const told = experiences.map((each) => ({ ...each, audience: each.audience && foldDenials(each.audience) }))
  const html = renderToStaticMarkup(
    <PlacementCard
      explanation={{ placement: 'hero', decision: decision!, pinned: null, experiences: told }}
      now={NOW}
    />,
  )
  return html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
}

test('the overlay tells an audience in sentences: what is asked, what was seen, what would change it', () => {
  const text = renderHero(2)
  expect(text).toContain(
    '✗ viewed an item where the category is hiking, at least 3 times in the last 7 days – saw 2 times – would differ with one more view of hiking',
  )
  expect(text).toContain('✓ did not buy in the last 24 hours – saw 0 times')
  expect(text).toContain('With one more view of hiking it would match.')
})

test('what time alone does is told beside it, and once', () => {
  const text = renderHero(3)
  expect(text).toContain('With one purchase it would no longer match.')
  expect(text.split('It will stop matching on 29 November at 09:00 if nothing happens.')).toHaveLength(2)
})
