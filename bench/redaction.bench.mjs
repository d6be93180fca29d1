// What taking personal data out of an event costs before it is kept, and how hostile text fares.
import { performance } from 'node:perf_hooks'
import { createRedactor } from '../packages/collector/dist/redact.js'

const GOAL = 10
const ROUNDS = Number(process.env.ROUNDS ?? 15)
const EVENTS = 5_000
const LONGEST = 1_024

const redactor = createRedactor()
const ordinary = Array.from({ length: EVENTS }, (_, at) => ({
  id: `event-${at}`,
  name: 'view_item',
  time: 1.8e12 + at,
  properties: {
    item_id: `SKU-${10_000 + at}`,
    item_name: `Waterproof Trail Boots GTX ${at % 90}`,
    item_category: 'Shoes > Hiking',
    page_location: `https://shop.example/product/trail-boots-${at}?utm_source=news&session=${at}`,
    price: 129.9,
    currency: 'EUR',
  },
  context: { url: { path: `/product/trail-boots-${at}` }, utm: { source: 'news', campaign: 'autumn-2026' } },
}))
const laden = ordinary.map((event, at) => ({
  ...event,
  properties: { ...event.properties, term: `jane${at}@example.com or +44 20 7946 0958, 4111 1111 1111 1111` },
}))

report('ordinary events', measure(ordinary), GOAL)
report('events with an address, a telephone and a card number', measure(laden))
for (const [name, part] of Object.entries({
  digits: '1',
  'digits in groups': '1 ',
  'noughts in groups': '01.',
  'signs of mail': 'a@a.',
  'tokens that never end': 'eyJ-',
  'names of keys': 'a_key=',
  questions: '?a=',
  'addresses in addresses': 'a://',
  brackets: '+(1',
})) {
  const text = part.repeat(LONGEST).slice(0, LONGEST)
  const worst = [LONGEST, LONGEST * 4].map((length) =>
    time(() => redactor.text(text.repeat(4).slice(0, length))),
  )
  console.log(`${LONGEST} and ${LONGEST * 4} signs of ${name.padEnd(24)} ${worst.map(microseconds).join('')}`)
}

function measure(events) {
  const rounds = []
  for (let round = -3; round < ROUNDS; round++) {
    const from = performance.now()
    for (const event of events) redactor.event(event)
    if (round >= 0) rounds.push(((performance.now() - from) * 1_000) / events.length)
  }
  return rounds.sort((a, b) => a - b)
}

function time(work) {
  const rounds = Array.from({ length: 50 }, () => {
    const from = performance.now()
    work()
    return (performance.now() - from) * 1_000
  })
  return rounds.sort((a, b) => a - b)[25]
}

function report(name, rounds, goal) {
  const middle = rounds[Math.floor(rounds.length / 2)]
  const verdict = goal === undefined ? '' : `   goal: ≤ ${goal} µs ${middle <= goal ? 'held' : 'BROKEN'}`
  console.log(`${name}: ${microseconds(middle)} an event (best ${microseconds(rounds[0])})${verdict}`)
}

function microseconds(value) {
  return `${value.toFixed(1)} µs`.padStart(11)
}
