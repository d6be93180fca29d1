import { readFileSync } from 'node:fs'
import type { FeedEvent } from '@attune/collector/watching'
import { expect, test } from 'vitest'
import { renderEvent } from '../../src/live/render-event.ts'
import { styleFor } from '../../src/terminal/style.ts'
import { makeIo } from '../support/make-io.ts'

const guide = readFileSync(new URL('../../../../docs/guide/seeing-it-live.md', import.meta.url), 'utf8')
const NOON = Date.UTC(2026, 10, 22, 12)
const EVENTS: readonly FeedEvent[] = [
  {
    time: NOON + 67_123,
    outcome: 'accepted',
    name: 'view_item',
    alias: 'k7f3q2',
    properties: { item_id: 'boots', price: 129 },
  },
  {
    time: NOON + 67_123,
    outcome: 'rejected',
    name: 'view_itm',
    alias: 'k7f3q2',
    reason: 'unknown-event',
    message: 'The ruleset has no event view_itm. Declare it under events.',
  },
  {
    time: NOON + 68_040,
    outcome: 'duplicate',
    name: 'purchase',
    alias: 'Zt0-9a',
    properties: { transaction_id: 'T-4711' },
  },
  {
    time: NOON + 69_512,
    outcome: 'rejected',
    name: 'view_item',
    reason: 'consent',
    message: 'The visitor has not granted the purpose that this event needs.',
  },
  {
    time: NOON + 70_001,
    outcome: 'accepted',
    name: 'identify',
    alias: 'k7f3q2',
    source: 'crm',
    properties: { tier: 'gold' },
  },
]

test('the guide shows lines as attune tail writes them', () => {
  const style = styleFor(makeIo().io.stdout, {})
  const lines = EVENTS.map((event) => renderEvent(event, style, Number.POSITIVE_INFINITY))
  expect(guide).toContain(`\`\`\`\n${lines.join('\n')}\n\`\`\``)
})
