import { type AttuneEvent, compareEvents, IDENTIFY } from '@attune/core'
import { expect, test } from 'vitest'
import type { AskedStore } from './asked-store.ts'
import { DAY, foldAll, makeEvent, makeEvents, NEXT_PLAN, NOON, PLAN, shuffle } from './builders.ts'

const PHONE = 'the phone'
const LAPTOP = 'the laptop'
const ERASED = { name: 'VisitorErasedError' }

/** What becomes of two visitors who turn out to be one person. */
export function describeMerging(asked: AskedStore): void {
  const { add } = asked
  const merge = (from: string, into = 'v', plan = PLAN) => asked.store.mergeVisitor(from, into, plan, NOON)
  const moved = (into: string) => ({ name: 'VisitorMovedError', into: asked.nameOf(into) })
  const absorbed = async (into = 'v') => [...(await asked.store.absorbedBy(into))].sort()
  const names = (...visitors: readonly string[]) => visitors.map(asked.nameOf).sort()
  const exported = async (visitor = 'v'): Promise<readonly AttuneEvent[]> =>
    (await asked.store.exportVisitor(visitor))?.events ?? []
  const inOrder = (events: readonly AttuneEvent[]) => [...events].sort(compareEvents)

  test('a merged visitor is who all the events are folded into, and nobody is left under the other id', async () => {
    const events = makeEvents(90)
    const [own, others] = [events.filter((_, at) => at % 3 > 0), events.filter((_, at) => at % 3 === 0)]
    await add(own)
    await add(shuffle(others, 5), PHONE)
    expect(await merge(PHONE)).toEqual({ isMerged: true, events: others.length, profile: foldAll(events) })
    expect(await asked.store.load('v', PLAN)).toEqual(foldAll(events))
    expect(await exported()).toEqual(inOrder(events))
    expect(await asked.store.load(PHONE, PLAN)).toBeNull()
    expect(await asked.store.exportVisitor(PHONE)).toBeNull()
    expect(await absorbed()).toEqual(names(PHONE))
    expect((await asked.store.exportVisitor('v'))?.absorbed).toBe(1)
  })

  test('asked again, a merge changes nothing', async () => {
    const events = makeEvents(30)
    await add(events.slice(20))
    await add(events.slice(0, 20), PHONE)
    await merge(PHONE)
    const again = { isMerged: false, events: 0, profile: foldAll(events) }
    expect(await merge(PHONE)).toEqual(again)
    expect(await merge(PHONE)).toEqual(again)
    expect(await absorbed()).toEqual(names(PHONE))
  })

  test('somebody nobody has heard of becomes who the other one was, and what comes later is sent on', async () => {
    const events = makeEvents(300)
    await add(events, PHONE)
    const profile = await asked.store.load(PHONE, PLAN)
    expect(await merge(PHONE)).toEqual({ isMerged: true, events: 300, profile })
    expect(await exported()).toEqual(events)
    expect(await merge(LAPTOP)).toEqual({ isMerged: false, events: 0, profile })
    expect(await absorbed()).toEqual(names(LAPTOP, PHONE))
    await expect(add([makeEvent('late')], LAPTOP)).rejects.toMatchObject(moved('v'))
  })

  test('two of whom nobody has heard are one from then on', async () => {
    expect(await merge(PHONE)).toEqual({ isMerged: false, events: 0, profile: null })
    await expect(add([makeEvent('late')], PHONE)).rejects.toMatchObject(moved('v'))
    await add([makeEvent('a')])
    expect(await asked.store.load('v', PLAN)).toEqual(foldAll([makeEvent('a')]))
    expect((await asked.store.exportVisitor('v'))?.absorbed).toBe(1)
  })

  test('whatever is appended or rehearsed for a merged visitor is refused, and leads to whom it belongs', async () => {
    await add(makeEvents(5), PHONE)
    await merge(PHONE)
    const batch = { visitor: PHONE, events: [makeEvent('late', 9)], plan: PLAN }
    await expect(asked.store.append(batch)).rejects.toMatchObject(moved('v'))
    await expect(asked.store.rehearse(batch)).rejects.toMatchObject(moved('v'))
    const { profile } = await asked.store.append({ ...batch, visitor: 'v' })
    expect(profile).toEqual(foldAll([...makeEvents(5), makeEvent('late', 9)]))
  })

  test('whoever is refused hears when that was: with the first merge, also where it led on since', async () => {
    await add(makeEvents(5), PHONE)
    await merge(PHONE, LAPTOP)
    await asked.store.mergeVisitor(LAPTOP, 'v', PLAN, NOON + 5 * DAY)
    await merge(PHONE)
    for (const ask of ['append', 'rehearse'] as const) {
      const refused = (visitor: string) =>
        expect(asked.store[ask]({ visitor, events: [makeEvent('late')], plan: PLAN })).rejects
      await refused(PHONE).toMatchObject({ ...moved('v'), at: NOON })
      await refused(LAPTOP).toMatchObject({ ...moved('v'), at: NOON + 5 * DAY })
    }
  })

  test('an event that both had heard counts once, and is known from then on', async () => {
    const events = makeEvents(40)
    await add(events.slice(0, 25))
    await add(events.slice(15), PHONE)
    expect(await merge(PHONE)).toEqual({ isMerged: true, events: 15, profile: foldAll(events) })
    expect((await add(events)).duplicates).toHaveLength(40)
    expect(await asked.store.load('v', PLAN)).toEqual(foldAll(events))
  })

  test.each([
    ['v', PHONE],
    [PHONE, 'v'],
  ])('an event that %s had folded for good and %s had not counts once', async (long, short) => {
    const events = makeEvents(600)
    await add(events, long)
    await add([...events.slice(0, 8), makeEvent('mine', 601)], short)
    const { profile } = await merge(PHONE)
    const all = [...events, makeEvent('mine', 601)]
    expect(profile?.signals['total view_item']).toEqual(foldAll(all).signals['total view_item'])
    expect(await exported()).toEqual(all)
    expect((await add([...events, makeEvent('more', 602)])).accepted).toEqual(['more'])
  })

  test('of long histories every event is kept, known and counted once', async () => {
    const events = makeEvents(900)
    const [own, others] = [events.filter((_, at) => at % 2 > 0), events.filter((_, at) => at % 2 === 0)]
    await add(own)
    // Among them two that the other one had heard and settled.
    await add([...others, events[1]!, events[3]!], PHONE)
    const { profile, events: moved } = await merge(PHONE)
    expect(moved).toBe(others.length)
    expect(await exported()).toEqual(inOrder(events))
    expect((await add(shuffle(events, 3))).duplicates).toHaveLength(900)
    const more = makeEvent('more', 901)
    await add([more])
    const all = foldAll([...events, more])
    const known = await asked.store.load('v', PLAN)
    expect(profile?.firstSeen).toBe(all.firstSeen)
    for (const key of ['times view_item', 'times add_to_cart'])
      expect(known?.signals[key]).toEqual(all.signals[key])
  })

  test('a plan that only one of them was folded for is adopted by both', async () => {
    const events = makeEvents(60)
    await add(events.slice(0, 30), 'v', NEXT_PLAN)
    await add(events.slice(30), PHONE)
    expect((await merge(PHONE, 'v', NEXT_PLAN)).profile).toEqual(foldAll(events, NEXT_PLAN))
    expect(await asked.store.load('v', PLAN)).toEqual(foldAll(events))
  })

  test('of a trait that both were told the later telling stands', async () => {
    const tell = (id: string, minute: number, properties: AttuneEvent['properties']) =>
      makeEvent(id, minute, { name: IDENTIFY, properties })
    const own = [tell('a', 0, { size: 'M', newsletter: true }), tell('b', 5, { size: null })]
    const others = [tell('c', 3, { size: 'L', newsletter: false }), tell('d', 1, { tier: 'gold' })]
    await add(own)
    await add(others, PHONE)
    const { profile } = await merge(PHONE)
    expect(profile?.traits).toEqual({ newsletter: false, tier: 'gold' })
    expect(profile).toEqual(foldAll([...own, ...others]))
    expect(await asked.store.load('v', PLAN)).toEqual(profile)
  })

  test('refused events go along, also those that come later', async () => {
    const refuse = (event: string) =>
      asked.store.reject([{ reason: 'bot', time: NOON, event, visitor: PHONE }])
    await add(makeEvents(3), PHONE)
    await refuse('"before"')
    await merge(PHONE)
    await refuse('"after"')
    const rejected = { reason: 'bot', time: NOON, visitor: 'v' }
    expect((await asked.store.exportVisitor('v'))?.rejected).toEqual([
      { ...rejected, event: '"before"' },
      { ...rejected, event: '"after"' },
    ])
    expect((await asked.store.erase('v', NOON)).rejected).toBe(2)
    await refuse('"too late"')
    expect(await asked.store.exportVisitor('v')).toBeNull()
    expect(await asked.store.exportVisitor(PHONE)).toBeNull()
  })

  test('one who was merged before is merged into nobody else, and nothing is changed by trying', async () => {
    await add(makeEvents(5), PHONE)
    await merge(PHONE)
    await expect(merge(PHONE, 'somebody else')).rejects.toMatchObject(moved('v'))
    expect(await asked.store.load('v', PLAN)).toEqual(foldAll(makeEvents(5)))
    expect(await asked.store.load('somebody else', PLAN)).toBeNull()
    expect(await absorbed('somebody else')).toEqual([])
  })

  test('a merge into one who was merged goes to whom it led to, and never in a circle', async () => {
    const events = makeEvents(9)
    await add(events.slice(0, 3))
    await add(events.slice(3, 6), PHONE)
    await add(events.slice(6), LAPTOP)
    await merge(PHONE)
    expect(await merge(LAPTOP, PHONE)).toMatchObject({ isMerged: true, profile: foldAll(events) })
    await expect(add([makeEvent('late')], LAPTOP)).rejects.toMatchObject(moved('v'))
    await expect(merge('v', PHONE)).rejects.toMatchObject(moved('v'))
    await expect(merge('v', 'v')).rejects.toMatchObject({ name: 'TypeError' })
    expect(await asked.store.load('v', PLAN)).toEqual(foldAll(events))
  })

  test('whom a merged visitor had absorbed goes along', async () => {
    const events = makeEvents(9)
    await add(events.slice(0, 5), PHONE)
    await add(events.slice(5), LAPTOP)
    await merge(PHONE, LAPTOP)
    await merge(LAPTOP)
    await expect(add([makeEvent('late')], PHONE)).rejects.toMatchObject(moved('v'))
    expect(await absorbed()).toEqual(names(LAPTOP, PHONE))
    expect(await absorbed(LAPTOP)).toEqual([])
    await asked.store.erase('v', NOON)
    await expect(add([makeEvent('late')], PHONE)).rejects.toMatchObject(ERASED)
  })

  test('where a merged visitor led to is forgotten when profiles are', async () => {
    await add(makeEvents(5), PHONE)
    await merge(PHONE)
    await asked.store.sweep(NOON + 9 * DAY, { events: 10 * DAY, profiles: 10 * DAY })
    await expect(add([makeEvent('late')], PHONE)).rejects.toMatchObject(moved('v'))
    await asked.store.sweep(NOON + 11 * DAY, { events: 10 * DAY, profiles: 10 * DAY })
    await add([makeEvent('new')], PHONE)
    expect(await asked.store.load(PHONE, PLAN)).toEqual(foldAll([makeEvent('new')]))
  })

  test('a marker and what was merged are still there after opening again', async (context) => {
    if (!asked.mayReopen) return context.skip('this store keeps nothing')
    await add(makeEvents(5), PHONE)
    await merge(PHONE)
    await asked.store.close()
    await asked.reopen()
    await expect(add([makeEvent('late')], PHONE)).rejects.toMatchObject(moved('v'))
    expect(await asked.store.load('v', PLAN)).toEqual(foldAll(makeEvents(5)))
  })
}
