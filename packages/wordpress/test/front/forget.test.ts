import { expect, test, vi } from 'vitest'
import { COLLECTOR, openFront, SEEN } from './support/front.ts'

const front = openFront()
const stored = (): readonly string[] => Object.keys(front.window.localStorage).sort()
const numberOf = (cookie: string): string | undefined => /attune_session=(\d+)/.exec(cookie)?.[1]
const profile = (): string => front.window.localStorage.getItem('attune_profile') ?? ''

/** A sign-out, a logout or an erasure as servers say it: at a time of its own. */
function go(at: number = Date.now()): void {
  front.window.document.cookie = `attune_gone=${at}; Path=/`
}

function loseSession(): void {
  front.window.document.cookie = 'attune_session=; Path=/; Max-Age=-1'
}

test.each([
  ['a server that takes their session away', true],
  ['a server that leaves it', false],
])('who went, by %s, is forgotten; whoever comes next begins anew', async (_, isTaken) => {
  front.consent('preferences')
  await front.look({ events: [SEEN] })
  expect(stored()).toEqual(['attune_known', 'attune_profile', 'attune_touches'])
  const [before] = JSON.parse(profile()).slice(1)
  go()
  if (isTaken) loseSession()
  await front.look({ events: [{ name: 'add_to_cart', properties: {} }] })
  expect(profile()).not.toContain('"name":"view_item"')
  expect(JSON.parse(profile())[1]).not.toBe(before)
  expect(numberOf(front.window.document.cookie)).toBe('1')
  expect(JSON.parse(front.window.localStorage.getItem('attune_known')!).s[0][0]).toBe(false)
})

test('who only lost the cookie that sessions are counted in is who they were', async () => {
  front.consent('preferences')
  await front.look({ events: [SEEN] })
  for (let visit = 0; visit < 3; visit++) {
    // Browsers take cookies of scripts away after a week, and tools of consent whenever they like.
    loseSession()
    await front.look()
    expect(profile()).toContain('"name":"view_item"')
  }
})

test('that somebody went is heeded once, and what comes after is remembered', async () => {
  go()
  front.consent('preferences')
  await front.look({ events: [SEEN] })
  await front.look()
  expect(profile()).toContain('"name":"view_item"')
  go(Date.now() - 9_000)
  await front.look()
  expect(profile()).not.toContain('"name":"view_item"')
})

test('each site of a network forgets on its own', async () => {
  front.consent('preferences')
  for (const scope of ['_2', '_3']) await front.look({ events: [SEEN], config: { scope } })
  go()
  await front.look({ config: { scope: '_2' } })
  await front.look({ config: { scope: '_3' } })
  for (const scope of ['_2', '_3'])
    expect(front.window.localStorage.getItem(`attune_profile${scope}`)).not.toContain('"name":"view_item"')
})

test('with statistics alone nothing is forgotten twice', async () => {
  const config = { collector: COLLECTOR }
  go()
  front.consent('statistics')
  await front.look({ config })
  vi.setSystemTime(Date.now() + 9_000_000)
  await front.look({ config })
  expect(numberOf(front.window.document.cookie)).toBe('2')
})

test('where that happened while a page was open, the page after it forgets', async () => {
  front.consent('preferences')
  await front.look({ events: [SEEN] })
  go()
  loseSession()
  // What the page tells last is worked out for whoever was here.
  front.say('preferences')
  expect(stored()).not.toContain('attune_heeded')
  await front.look()
  expect(profile()).not.toContain('"name":"view_item"')
})

test('nothing of them waits for the next to tell', async () => {
  front.consent('preferences')
  await front.look()
  front.window.sessionStorage.setItem(
    'attune_queue',
    JSON.stringify([[{ id: 'x', name: 'view_item' }], 0, 0]),
  )
  go()
  await front.look()
  expect(profile()).not.toContain('"name":"view_item"')
})

test('who comes back later is who they were', async () => {
  front.consent('preferences')
  await front.look({ events: [SEEN] })
  vi.setSystemTime(Date.now() + 9_000_000)
  await front.look()
  expect(numberOf(front.window.document.cookie)).toBe('2')
  await front.look()
  expect(profile()).toContain('"name":"view_item"')
})

test('who was erased is forgotten once, and what comes after is remembered', async () => {
  const erased = Math.floor(Date.now() / 1000) + 60
  front.consent('preferences')
  await front.look({ events: [SEEN] })
  await front.look({ config: { erased } })
  expect(profile()).not.toContain('"name":"view_item"')
  expect(numberOf(front.window.document.cookie)).toBe('1')
  await front.look({ events: [SEEN], config: { erased } })
  await front.look({ config: { erased } })
  expect(profile()).toContain('"name":"view_item"')
  await front.look({ config: { erased: erased + 9 } })
  expect(profile()).not.toContain('"name":"view_item"')
})

test('where nothing is kept neither an erasure nor a sign-out leaves anything either', async () => {
  go()
  await front.look({ config: { erased: 1_700_000_000 } })
  expect(stored()).toEqual([])
  expect(front.window.document.cookie).toMatch(/^attune_gone=\d+$/)
})

test('a consent that is taken back takes that along as well', async () => {
  go()
  front.consent('preferences')
  await front.look({ events: [SEEN] })
  await front.look({ config: { erased: 1_700_000_000 } })
  expect(stored()).toEqual(expect.arrayContaining(['attune_erased', 'attune_heeded']))
  front.say('none')
  expect(stored()).toEqual([])
})
