import type { Ruleset } from '@attune/core'
import { createMemoryStore } from '@attune/storage/memory'
import { describe, expect, test } from 'vitest'
import { createCollector } from '../src/index.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const RULESET: Ruleset = { version: 1, revision: 'r1', events: { view_item: {} } }

function sendFirst(...ids: readonly string[]) {
  const events = ids.map((id) => ({ id, name: 'view_item', time: NOW, properties: {} }))
  return new Request('https://shop.example/attune/collect', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      cookie: 'attune_consent=preferences',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36',
    },
    body: JSON.stringify({ sent: NOW, events }),
  })
}

const open = () => {
  const options = { ruleset: RULESET, secret: 'x'.repeat(32), store: createMemoryStore(), clock: () => NOW }
  return createCollector(options)
}

const visitorIn = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .find((line) => line.startsWith('__Host-attune_visitor='))
    ?.split(';')[0]

async function sendTwice(id: string) {
  const collector = open()
  const answers = [await collector.handle(sendFirst(id)), await collector.handle(sendFirst(id))]
  const visitors = answers.map(visitorIn)
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

describe('two first batches of one browser that are under way at once', () => {
  const [first, second, third] = ['a', 'b', 'c'].map((part) => `${NOW.toString(36)}lfls012345678${part}`)
  const visitorsOf = async (...batches: readonly (readonly string[])[]) => {
    const { handle } = open()
    const answers = await Promise.all(batches.map((ids) => handle(sendFirst(...ids))))
    return new Set(answers.map(visitorIn)).size
  }

  test('are one visitor’s when the beacon of a page that is left repeats what was in the air', async () => {
    expect(await visitorsOf([first!], [first!, second!])).toBe(1)
  })

  // Nothing in either says that the other is of the same browser.
  test('are two visitors’ when a page’s beacon and the next page’s first batch share no event', async () => {
    expect(await visitorsOf([first!, second!], [third!])).toBe(2)
  })
})
