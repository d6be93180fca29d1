import { expect, test } from 'vitest'
import { createWhole, sentOf } from './support/create-tracker.ts'
import { makePage, type Page } from './support/make-page.ts'

const MINUTE = 60_000

interface Made {
  readonly url?: string
  readonly referrer?: string
  readonly html?: string
  /** A page of the same browser before this one: what it kept is here too, `later` milliseconds on. */
  readonly after?: Page
  readonly later?: number
}

/** A page of a visitor who said yes, with the tracker whole. */
async function open({ url = 'https://shop.test/', referrer = '', html = '', after, later = 0 }: Made = {}) {
  const page = makePage(url)
  if (after) {
    page.window.document.cookie = `attune_session=${session(after)?.join('.')}; Path=/`
    page.window.localStorage.setItem('attune_touches', after.window.localStorage.getItem('attune_touches')!)
    await page.advance(after.now() - page.now() + later)
  }
  page.window.document.body.innerHTML = html
  Object.defineProperty(page.window.document, 'referrer', { value: referrer })
  page.consent('preferences')
  await createWhole(page)
  return page
}

/** Number, page views, when it began and when something last happened in it (seconds). */
function session(page: Page): number[] | undefined {
  const [, value] = /attune_session=([^;]*)/.exec(page.window.document.cookie) ?? []
  return value?.split('.').map(Number)
}

const seconds = (page: Page): number => page.now() / 1_000

test('the first page begins session 1 and says where it came from and to, but nothing else of its address', async () => {
  const page = await open({
    url: 'https://shop.test/boots?utm_source=news&utm_campaign=may&token=secret#part',
    referrer: 'https://mail.test/inbox?id=7',
  })
  const began = seconds(page)
  expect(session(page)).toEqual([1, 1, began, began])
  const came = { source: 'news', campaign: 'may', referrer: 'mail.test', landing: '/boots' }
  expect(await sentOf(page, 'session_start')).toEqual([
    {
      session_number: 1,
      page_path: '/boots',
      page_location: 'https://shop.test/boots?utm_source=news&utm_campaign=may',
      page_referrer: 'mail.test',
      source: 'news',
      campaign: 'may',
      first_source: 'news',
      first_campaign: 'may',
      first_referrer: 'mail.test',
      first_landing: '/boots',
      last_source: 'news',
      last_campaign: 'may',
      last_referrer: 'mail.test',
      last_landing: '/boots',
    },
  ])
  expect(JSON.parse(page.window.localStorage.getItem('attune_touches')!)).toEqual({
    campaign: 'news  may  ',
    first: came,
    last: came,
  })
})

test('page views within 30 minutes are of one session', async () => {
  const page = await open()
  const began = seconds(page)
  await page.advance(20 * MINUTE)
  page.window.history.pushState(null, '', '/cart')
  await page.settle()
  await page.advance(20 * MINUTE)
  page.window.history.pushState(null, '', '/checkout')
  await page.settle()
  expect(session(page)).toEqual([1, 3, began, began + 40 * 60])
  expect(await sentOf(page, 'session_start')).toHaveLength(1)
})

test('the next page of the same session counts on, and one after 30 minutes of silence begins another', async () => {
  const first = await open()
  const second = await open({ after: first, later: 30 * MINUTE, url: 'https://shop.test/a' })
  expect(session(second)).toEqual([1, 2, seconds(first), seconds(second)])
  expect(await sentOf(second, 'session_start')).toEqual([])
  const third = await open({ after: second, later: 31 * MINUTE, url: 'https://shop.test/b' })
  expect(session(third)).toEqual([2, 1, seconds(third), seconds(third)])
  expect(await sentOf(third, 'session_start')).toEqual([
    { session_number: 2, page_path: '/b', first_landing: '/', last_landing: '/' },
  ])
})

test('signs of life keep a session going, also another tab’s', async () => {
  const page = await open()
  for (let minutes = 0; minutes < 50; minutes += 25) {
    await page.advance(25 * MINUTE)
    page.emit(page.window.document, 'pointermove')
  }
  expect(session(page)?.[0]).toBe(1)
  await page.advance(25 * MINUTE)
  // The other tab writes the same cookie.
  page.window.document.cookie = `attune_session=1.5.${seconds(page) - 60}.${seconds(page)}; Path=/`
  await page.advance(25 * MINUTE)
  page.emit(page.window.document, 'keydown')
  expect(session(page)).toEqual([1, 5, seconds(page) - 26 * 60, seconds(page)])
})

test('a tab that is come back to after 30 minutes begins a session with the page it shows', async () => {
  const page = await open({ referrer: 'https://search.test/', url: 'https://shop.test/?utm_source=x' })
  await page.advance(MINUTE)
  page.hide()
  await page.advance(40 * MINUTE)
  page.show()
  await page.settle()
  expect(session(page)).toEqual([2, 1, seconds(page), seconds(page)])
  expect((await sentOf(page, 'session_start'))[1]).toEqual({
    session_number: 2,
    page_path: '/',
    first_source: 'x',
    first_referrer: 'search.test',
    first_landing: '/',
    last_source: 'x',
    last_referrer: 'search.test',
    last_landing: '/',
  })
})

test('a page that is left after a long silence begins no session by it', async () => {
  const page = await open()
  await page.advance(40 * MINUTE)
  page.hide()
  page.emit(page.window, 'pagehide')
  expect(session(page)?.[0]).toBe(1)
})

test('another campaign begins a session at once, the same one again does not', async () => {
  const first = await open({ url: 'https://shop.test/?utm_source=news&utm_campaign=may' })
  const again = await open({ after: first, url: 'https://shop.test/?utm_source=news&utm_campaign=may' })
  expect(session(again)?.slice(0, 2)).toEqual([1, 2])
  const other = await open({ after: again, url: 'https://shop.test/sale?utm_source=ads' })
  expect(session(other)?.slice(0, 2)).toEqual([2, 1])
  expect(await sentOf(other, 'session_start')).toMatchObject([
    { source: 'ads', first_source: 'news', last_source: 'ads', last_landing: '/sale' },
  ])
})

test('whoever comes after a sign-out, which took the session away, came by themselves', async () => {
  const first = await open({ url: 'https://shop.test/boots?utm_source=news&utm_campaign=may' })
  first.window.document.cookie = 'attune_session=; Path=/; Max-Age=-1'
  const next = await open({ after: first, url: 'https://shop.test/mugs', later: MINUTE })
  expect(await sentOf(next, 'session_start')).toEqual([
    {
      session_number: 1,
      page_path: '/mugs',
      first_landing: '/mugs',
      last_landing: '/mugs',
    },
  ])
})

test('a new day begins a session only where the page asks for it', async () => {
  const html = '<main data-attune-session="midnight"></main>'
  const begins = async (made: Made): Promise<unknown> => {
    const first = await open(made)
    const tomorrow = new Date(first.now())
    tomorrow.setHours(24, 0, 0, 0)
    await first.advance(tomorrow.getTime() - first.now() - 5 * MINUTE)
    first.emit(first.window.document, 'pointermove')
    await first.settle()
    const next = await open({ ...made, after: first, later: 10 * MINUTE })
    return (session(next)?.[0] ?? 0) - (session(first)?.[0] ?? 0)
  }
  expect(await begins({ html })).toBe(1)
  expect(await begins({})).toBe(0)
})

test('data-attune-session="off" keeps no session', async () => {
  const page = await open({ html: '<main data-attune-session="off"></main>' })
  expect(session(page)).toBeUndefined()
  expect(page.window.localStorage.length).toBe(0)
  expect(await sentOf(page, 'session_start')).toEqual([])
})

test('without consent there is no session, and a withdrawal takes it away at once', async () => {
  const page = makePage()
  const tracker = await createWhole(page)
  expect([session(page), page.window.localStorage.length, tracker.asked]).toEqual([undefined, 0, []])
  tracker.consent('all')
  await page.settle()
  expect(session(page)?.[0]).toBe(1)
  tracker.consent('none')
  expect([session(page), page.window.localStorage.length]).toEqual([undefined, 0])
  await page.advance(5 * MINUTE)
  page.emit(page.window.document, 'pointermove')
  page.hide()
  expect(session(page)).toBeUndefined()
})

test('a session of an earlier page goes when the consent has ended in between', async () => {
  const first = await open()
  const page = makePage()
  page.window.document.cookie = `attune_session=${session(first)?.join('.')}; Path=/`
  page.window.localStorage.setItem('attune_touches', first.window.localStorage.getItem('attune_touches')!)
  await createWhole(page)
  expect([page.window.document.cookie, page.window.localStorage.length]).toEqual(['', 0])
})

test('a consent that another tab took away is obeyed before anything is written', async () => {
  const page = await open()
  page.window.document.cookie = 'attune_consent=none; Path=/'
  await page.advance(5 * MINUTE)
  page.emit(page.window.document, 'pointermove')
  expect([session(page), page.window.localStorage.length]).toEqual([undefined, 0])
})

test('a session that somebody damaged is begun anew, as number 1', async () => {
  const page = makePage()
  page.window.document.cookie = 'attune_session=1.x; Path=/'
  page.window.localStorage.setItem('attune_touches', '{"campaign":7}')
  page.consent('preferences')
  await createWhole(page)
  expect(session(page)?.slice(0, 2)).toEqual([1, 1])
  expect(await sentOf(page, 'session_start')).toEqual([
    { session_number: 1, page_path: '/', first_landing: '/', last_landing: '/' },
  ])
})

test('what looks like a person’s address or number in a campaign is not kept', async () => {
  const page = await open({
    url: 'https://shop.test/?utm_source=jo.doe@mail.test&utm_term=%2B44+20+7946+0958',
  })
  expect(await sentOf(page, 'session_start')).toMatchObject([{ source: '[email]', term: '[number]' }])
  expect(page.window.localStorage.getItem('attune_touches')).not.toMatch(/doe|7946/)
})

test('a page that comes back from the back/forward cache counts once more', async () => {
  const page = await open()
  page.emit(page.window, 'pagehide', { persisted: true })
  await page.advance(MINUTE)
  page.emit(page.window, 'pageshow', { persisted: true })
  await page.settle()
  expect(session(page)?.slice(0, 2)).toEqual([1, 2])
})
