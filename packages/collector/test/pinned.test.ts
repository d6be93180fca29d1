import { describe, expect, test } from 'vitest'
import {
  COMPILED,
  makeBatch,
  makeCollector,
  makeEvent,
  makeRequest,
  makeStore,
  NOW,
  pinCookie,
  type RequestParts,
  readAnswer,
  setCookies,
  VISITOR,
  visitorCookie,
} from './builders.ts'

const other = 'BBBBBBBBBBBBBBBBBBBBBA'

async function send(parts: RequestParts, store = makeStore()) {
  const response = await makeCollector({ store }).handle(makeRequest(parts))
  return { cookies: setCookies(response), answer: await readAnswer(response) }
}

describe('what a session is pinned to', () => {
  const hike = { body: makeBatch([makeEvent()]) }

  test('is named as changed when events change it, and the pin goes on without it', async () => {
    const pin = pinCookie({ hero: 'default', offer: 'ten' })
    const { answer, cookies } = await send({ ...hike, cookies: { attune_pin: pin } })
    expect(answer.changed).toEqual(['hero'])
    expect(cookies.attune_pin).toContain(`__Host-attune_pin=${pinCookie({ offer: 'ten' })}; Path=/; HttpOnly`)
    expect(cookies.attune_pin).not.toContain('Max-Age')
  })

  test('is taken away when nothing of it is left', async () => {
    const { cookies } = await send({ ...hike, cookies: { attune_pin: pinCookie({ hero: 'default' }) } })
    expect(cookies.attune_pin).toContain('Max-Age=0')
  })

  test('stays when nothing changed', async () => {
    const { answer, cookies } = await send({
      ...hike,
      cookies: { attune_pin: pinCookie({ hero: 'hiking' }) },
    })
    expect(answer.changed).toBeUndefined()
    expect(cookies.attune_pin).toBeUndefined()
  })

  test('is named as changed also when only a retry gets through', async () => {
    const store = makeStore()
    const parts = { ...hike, cookies: { attune_pin: pinCookie({ hero: 'default' }) } }
    await send(parts, store)
    expect((await send(parts, store)).answer).toMatchObject({ duplicates: 1, changed: ['hero'] })
  })

  test('by the page’s own context is left alone as long as events do not change it', async () => {
    const pinned = { cookies: { attune_pin: pinCookie({ hero: 'hiking', rail: 'nearby' }) } }
    expect((await send({ ...hike, ...pinned })).answer.changed).toBeUndefined()
  })

  test('by the page’s own context is named when events change it and the host tells the context', async () => {
    const collector = makeCollector({ context: () => ({ geo: { country: 'GB' } }) })
    const request = makeRequest({
      ...hike,
      cookies: { attune_pin: pinCookie({ hero: 'hiking', rail: 'popular' }) },
    })
    expect((await readAnswer(await collector.handle(request))).changed).toEqual(['rail'])
  })

  test('is not all that may have changed: what events move is named without a pin as well', async () => {
    expect((await send(hike)).answer.changed).toEqual(['hero'])
    expect(
      (await send({ ...hike, cookies: { attune_pin: pinCookie({ offer: 'ten' }) } })).answer.changed,
    ).toEqual(['hero'])
    expect(
      (await send({ body: makeBatch([makeEvent('a', { name: 'page_view' })]) })).answer.changed,
    ).toBeUndefined()
  })

  test('is nobody else’s, also right after its owner showed it', async () => {
    const collector = makeCollector()
    const attune_pin = pinCookie({ hero: 'hiking' })
    const body = makeBatch([makeEvent('a')])
    const changed = async (visitor: string) => {
      const cookies = { attune_pin, attune_visitor: visitorCookie(visitor) }
      return (await readAnswer(await collector.handle(makeRequest({ body, cookies })))).changed
    }
    expect(await changed(VISITOR)).toBeUndefined()
    expect(await changed(other)).toEqual(['hero'])
  })

  test.each([
    ['somebody else’s', pinCookie({ hero: 'hiking' }, other)],
    ['forged', pinCookie({ hero: 'hiking' }).slice(0, -1)],
    ['over-long', 'x'.repeat(3_000)],
  ])('counts as nothing when the pin is %s', async (_, pin) => {
    const { answer, cookies } = await send({ ...hike, cookies: { attune_pin: pin } })
    expect(answer.changed).toEqual(['hero'])
    expect(cookies.attune_pin).toBeUndefined()
  })
})

describe('an exposure', () => {
  const exposure = (id: string, variant: string, placement = 'hero', more: object = {}) =>
    makeEvent(id, { name: 'exposure', properties: { placement, variant, ...more } })

  async function experiencesOf(events: readonly unknown[], parts: RequestParts = {}) {
    const store = makeStore()
    const kept: unknown[] = []
    const append: typeof store.append = (batch) => {
      kept.push(...batch.events.map(({ properties }) => properties.experience))
      return store.append(batch)
    }
    await store.append({ visitor: VISITOR, events: [makeEvent('before')], plan: COMPILED.plan })
    await send({ body: makeBatch(events), ...parts }, { ...store, append })
    return kept
  }

  test('is of the experience that decides its placement for the profile before it', async () => {
    expect(await experiencesOf([exposure('a', 'hiking')])).toEqual(['hero-hiking'])
  })

  test('of another variant than is decided, or of no placement, is of no experience', async () => {
    const events = [
      exposure('a', 'default'),
      exposure('b', 'hiking', 'nowhere'),
      exposure('c', 'x', '__proto__'),
    ]
    expect(await experiencesOf(events)).toEqual([undefined, undefined, undefined])
  })

  test('may not claim an experience', async () => {
    const claim = { experience: 'offer-once' }
    expect(await experiencesOf([exposure('a', 'default', 'hero', claim)])).toEqual([undefined])
  })

  test('is of what the session was pinned to, whatever would be decided now', async () => {
    const cookies = { attune_pin: pinCookie({ hero: 'hiking' }) }
    // The pin of the builders names no experience.
    expect(await experiencesOf([exposure('a', 'hiking')], { cookies })).toEqual([undefined])
  })

  test('reaches the cap of its experience, and a retry of it is a repetition', async () => {
    const store = makeStore()
    const parts = { body: makeBatch([exposure('a', 'ten', 'offer')]) }
    expect((await send(parts, store)).answer).toMatchObject({ accepted: 1, duplicates: 0, rejected: [] })
    // Capped by now, so the retry is of no experience.
    expect((await send(parts, store)).answer).toEqual({ accepted: 0, duplicates: 1, rejected: [] })
    const profile = await store.load(VISITOR, COMPILED.plan)
    expect(Object.entries(profile!.signals).filter(([key]) => key.includes('exposure'))).toMatchObject([
      [expect.stringContaining('offer-once'), { times: [NOW / 1000 - 1] }],
    ])
  })
})
