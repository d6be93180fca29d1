import { expect, test } from 'vitest'
import type { AskedStore } from './asked-store.ts'
import { foldAll, makeEvent, makeEvents, NEXT_PLAN, PLAN, shuffle } from './builders.ts'

/** What a store tells beforehand. */
export function describeRehearsing(asked: AskedStore): void {
  test('a rehearsal answers what an append then answers, and keeps nothing', async () => {
    const { store } = asked
    const events = makeEvents(300)
    const batches = [
      events.slice(0, 5),
      [events[2]!, makeEvent('e3', 3, { name: 'purchase' }), events[6]!],
      shuffle(events.slice(5, 200), 3),
      events.slice(190),
      [makeEvent('late', -600)],
    ]
    for (const [at, batch] of batches.entries()) {
      const question = { visitor: 'v', events: batch, plan: at === 3 ? NEXT_PLAN : PLAN }
      const before = await store.load('v', PLAN)
      const rehearsed = await store.rehearse(question)
      expect(await store.load('v', PLAN)).toEqual(before)
      const told = { ...rehearsed, before: rehearsed.before }
      const appended = await store.append(question)
      expect({ ...appended, before: appended.before }).toEqual(told)
    }
  })

  test('a rehearsal tells of one state, whoever writes the visitor meanwhile', async () => {
    const { store } = asked
    const written = makeEvents(24)
    const mine = makeEvent('mine', 5, { name: 'purchase' })
    const states = written.map((_, at) => written.slice(0, at))
    const expected = [...states, written].map((events) => ({
      before: events.length === 0 ? null : foldAll(events),
      profile: foldAll([...events, mine]),
    }))
    const rehearse = async () => {
      const question = { visitor: 'v', events: [mine], plan: PLAN }
      const { before, profile, accepted } = await store.rehearse(question)
      expect(accepted).toEqual(['mine'])
      return { before, profile }
    }
    for (const event of written) {
      const [told] = await Promise.all([rehearse(), asked.add([event])])
      expect(expected).toContainEqual(told)
    }
    expect(await rehearse()).toEqual(expected.at(-1))
  })
}
