import { expect, test } from 'vitest'
import { createWhole, sentOf } from './support/create-tracker.ts'
import { makePage, type Page } from './support/make-page.ts'

async function makeStarted(html = ''): Promise<Page> {
  const page = makePage()
  page.window.document.body.innerHTML = html
  page.consent('preferences')
  await createWhole(page)
  return page
}

function find(page: Page, id: string): Element {
  const element = page.window.document.getElementById(id)
  if (!element) throw new Error(`No element #${id}`)
  return element
}

function scrollTo(page: Page, scrollY: number): void {
  Object.defineProperty(page.window, 'scrollY', { value: scrollY, configurable: true })
  page.emit(page.window.document, 'scroll')
}

function makeTall(page: Page): void {
  Object.defineProperty(page.window, 'innerHeight', { value: 500 })
  Object.defineProperty(page.window.document.documentElement, 'scrollHeight', { value: 2_000 })
}

test('each depth of the page is recorded once, skipped ones included', async () => {
  const page = await makeStarted()
  makeTall(page)
  scrollTo(page, 100)
  scrollTo(page, 600)
  scrollTo(page, 0)
  scrollTo(page, 1_500)
  expect(await sentOf(page, 'scroll')).toEqual([
    { percent_scrolled: 25 },
    { percent_scrolled: 50 },
    { percent_scrolled: 75 },
    { percent_scrolled: 90 },
  ])
})

test.each([0, Number.NaN])('a page whose height is %d has no depths', async (height) => {
  const page = await makeStarted()
  Object.defineProperty(page.window, 'innerHeight', { value: 500 })
  Object.defineProperty(page.window.document.documentElement, 'scrollHeight', { value: height })
  scrollTo(page, 100)
  expect(await sentOf(page, 'scroll')).toEqual([])
})

test('the next page has its own depths', async () => {
  const page = await makeStarted()
  makeTall(page)
  scrollTo(page, 100)
  page.window.history.pushState(null, '', '/next')
  await page.settle()
  scrollTo(page, 200)
  expect(await sentOf(page, 'scroll')).toEqual([{ percent_scrolled: 25 }, { percent_scrolled: 25 }])
})

test('engagement is the time between signs of life, of which at most 30 s count', async () => {
  const page = await makeStarted()
  await page.advance(10_000)
  page.emit(page.window.document, 'pointermove')
  await page.advance(100_000)
  page.emit(page.window.document, 'keydown')
  await page.advance(5_000)
  page.hide()
  expect(await sentOf(page, 'user_engagement')).toEqual([{ engagement_time_msec: 45_000 }])
})

test('time hidden or out of focus is no engagement', async () => {
  const page = await makeStarted()
  await page.advance(2_000)
  page.hide()
  await page.advance(20_000)
  page.show()
  await page.advance(3_000)
  page.focused = false
  page.emit(page.window, 'blur')
  await page.advance(20_000)
  page.focused = true
  page.emit(page.window, 'focus')
  await page.advance(4_000)
  page.hide()
  expect(await sentOf(page, 'user_engagement')).toEqual([
    { engagement_time_msec: 2_000 },
    { engagement_time_msec: 7_000 },
  ])
})

test('a client navigation ends the engagement of the page before it', async () => {
  const page = await makeStarted()
  await page.advance(2_000)
  page.window.history.pushState(null, '', '/next')
  await page.advance(3_000)
  page.hide()
  await page.advance(1_000)
  const requests = page.sent.map(({ body }) => [
    body.page,
    body.events.filter(({ name }) => name === 'user_engagement').map(({ properties }) => properties),
  ])
  expect(requests.filter(([, events]) => events?.length)).toEqual([
    ['/', [{ engagement_time_msec: 2_000 }]],
    ['/next', [{ engagement_time_msec: 3_000 }]],
  ])
})

test('a click inside a marked element is recorded with what the mark says', async () => {
  const page = await makeStarted(`
    <div data-attune-click="hero-cta" data-attune-prop-item-id="boots" data-attune-prop-tone="bold" class="x">
      <b id="inside">Shop</b>
    </div>
    <b id="outside">Elsewhere</b>`)
  page.emit(find(page, 'inside'), 'click')
  page.emit(find(page, 'outside'), 'click')
  expect(await sentOf(page, 'select_content')).toEqual([
    { content_id: 'hero-cta', item_id: 'boots', tone: 'bold' },
  ])
})

test('a click that the page stops is recorded all the same', async () => {
  const page = await makeStarted('<b id="x" data-attune-click="stopped">x</b>')
  page.window.document.body.addEventListener('click', (event) => event.stopImmediatePropagation(), true)
  page.emit(find(page, 'x'), 'click')
  page.emit(page.window.document, 'click')
  expect(await sentOf(page, 'select_content')).toEqual([{ content_id: 'stopped' }])
})

const HERO = '<section id="hero" data-attune-placement="home-hero" data-attune-variant="hiking"></section>'

test('a placement is exposed once half of it was in view for a second, once per page view', async () => {
  const page = await makeStarted(HERO)
  const hero = find(page, 'hero')
  page.scrollIntoView(hero, 0.5)
  await page.advance(999)
  expect(await sentOf(page, 'exposure')).toEqual([])
  page.scrollIntoView(hero, 0.2)
  page.scrollIntoView(hero, 0.7)
  expect(await sentOf(page, 'exposure')).toEqual([{ placement: 'home-hero', variant: 'hiking' }])
})

test('a placement that was in view for less, or with less than half, is not exposed', async () => {
  const page = await makeStarted(HERO)
  const hero = find(page, 'hero')
  page.scrollIntoView(hero, 0.9)
  await page.advance(900)
  page.scrollIntoView(hero, 0.1)
  await page.advance(5_000)
  page.scrollIntoView(hero, 0.49)
  await page.advance(5_000)
  expect(await sentOf(page, 'exposure')).toEqual([])
})

test('a second spent in a hidden tab does not count', async () => {
  const page = await makeStarted(HERO)
  page.scrollIntoView(find(page, 'hero'), 1)
  await page.advance(500)
  page.hide()
  await page.advance(5_000)
  expect(await sentOf(page, 'exposure')).toEqual([])
  page.show()
  page.scrollIntoView(find(page, 'hero'), 1)
  await page.advance(1_000)
  expect(await sentOf(page, 'exposure')).toEqual([{ placement: 'home-hero', variant: 'hiking' }])
})

test('a placement added later is watched, and exposed again on the next page', async () => {
  const page = await makeStarted()
  page.window.document.body.innerHTML = HERO
  await page.mutated()
  await page.advance(300)
  page.scrollIntoView(find(page, 'hero'), 1)
  await page.advance(1_000)
  page.window.history.pushState(null, '', '/next')
  await page.settle()
  page.scrollIntoView(find(page, 'hero'), 1)
  await page.advance(1_000)
  expect(await sentOf(page, 'exposure')).toEqual(Array(2).fill({ placement: 'home-hero', variant: 'hiking' }))
})
