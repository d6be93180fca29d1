import { expect, test } from 'vitest'
import type { RehearsingStore } from '../profile-store.ts'
import type { AskedStore } from './asked-store.ts'
import { makeEvent, makeEvents, NEXT_PLAN, PLAN, shuffle } from './builders.ts'

/** What a store tells beforehand, if it can. */
export function describeRehearsing(asked: AskedStore): void {
  test('a rehearsal answers what an append then answers, and keeps nothing', async (context) => {
    const { store } = asked
    if (!canRehearse(store)) return context.skip('this store tells nothing beforehand')
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
}

function canRehearse(store: object): store is RehearsingStore {
  return 'rehearse' in store
}
