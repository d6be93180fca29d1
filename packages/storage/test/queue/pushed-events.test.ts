import { expect, test } from 'vitest'
import { makeEvent } from '../../src/contract/builders.ts'
import { rememberPushed } from '../../src/queue/pushed-events.ts'

const make = () => rememberPushed(5_000, 300_000, () => 0)
const events = (count: number, text = '') =>
  Array.from({ length: count }, (_, at) => makeEvent(`${at}`, at, { properties: { text } }))

test('of all together no more than 50,000 events are remembered, of those who came last', () => {
  const pushed = make()
  for (let at = 0; at < 500; at++) pushed.add(`v${at}`, events(100))
  expect(pushed.find('v0')).toHaveLength(100)
  pushed.add('one more', events(1))
  expect([pushed.find('v0'), pushed.find('v1'), pushed.find('one more')].map(({ length }) => length)).toEqual(
    [0, 100, 1],
  )
})

test('of all together no more than 32 M characters are remembered', () => {
  const pushed = make()
  for (let at = 0; at < 33; at++) pushed.add(`v${at}`, events(1, 'x'.repeat(2 ** 20)))
  const left = Array.from({ length: 33 }, (_, at) => pushed.find(`v${at}`).length)
  expect(left.indexOf(1)).toBe(2)
  expect(left.slice(2)).not.toContain(0)
})

test('what was forgotten or came twice takes no room', () => {
  const pushed = make()
  pushed.add('first', events(1))
  for (let at = 0; at < 1_000; at++) {
    pushed.add('v', events(200))
    pushed.add('v', events(200))
    if (at % 2 === 0) pushed.forgetAll('v')
    else
      pushed.forget(
        'v',
        events(300).map(({ id }) => id),
      )
  }
  expect(pushed.find('first')).toHaveLength(1)
})
