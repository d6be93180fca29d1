import type { Ruleset } from '@attune/core'
import { createMemoryStore } from '@attune/storage/memory'
import { expect, test } from 'vitest'
import { createCollector } from '../src/index.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const RULESET: Ruleset = { version: 1, revision: 'r1', events: { view_item: {} } }

function sendFirst(id: string) {
  const event = { id, name: 'view_item', time: NOW, properties: {} }
  return new Request('https://shop.example/attune/collect', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      cookie: 'attune_consent=preferences',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36',
    },
    body: JSON.stringify({ sent: NOW, events: [event] }),
  })
}

async function sendTwice(id: string) {
  const options = { ruleset: RULESET, secret: 'x'.repeat(32), store: createMemoryStore(), clock: () => NOW }
  const collector = createCollector(options)
  const answers = [await collector.handle(sendFirst(id)), await collector.handle(sendFirst(id))]
  const visitors = answers.map(
    (answer) =>
      answer.headers
        .getSetCookie()
        .find((line) => line.startsWith('__Host-attune_visitor='))
        ?.split(';')[0],
  )
  const [, again] = await Promise.all(answers.map((answer) => answer.json()))
  return { visitors, again }
}

test('a first batch sent again because its answer was lost is the same visitor’s, and counted once', async () => {
  const { visitors, again } = await sendTwice(`${NOW.toString(36)}lfls0123456789`)
  expect(visitors[0]).toBeDefined()
  expect(visitors[1]).toBe(visitors[0])
  expect(again).toMatchObject({ accepted: 0, duplicates: 1 })
})

test('an event id that others may guess gives nobody the id of another visitor', async () => {
  const { visitors } = await sendTwice('order-1000000000000001')
  expect(visitors[0]).toBeDefined()
  expect(visitors[1]).not.toBe(visitors[0])
})
