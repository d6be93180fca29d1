import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type BehaviourSite, startBehaviourSite } from '../support/behaviour-site.ts'
import { newVisitor, openPage } from '../support/browser.ts'
import { CHROMIUM_FLAGS, chromiumPath } from '../support/chromium.ts'

describe('behaviour in a real browser', () => {
  let site: BehaviourSite
  let browser: Browser
  let context: BrowserContext

  beforeAll(async () => {
    // As people have it: pages that were left rest in the back/forward cache.
    browser = await chromium.launch({
      executablePath: chromiumPath(),
      args: [...CHROMIUM_FLAGS],
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    })
  })
  afterAll(() => browser?.close())
  beforeEach(async () => {
    site = await startBehaviourSite()
    context = await newVisitor(browser)
  })
  afterEach(async () => {
    await context.close()
    await site.stop()
  })

  const consent = () =>
    context.addCookies([{ name: 'attune_consent', value: 'statistics', url: site.origin }])
  const count = (name: string) => site.heard.filter((event) => event.name === name).length
  const hear = (name: string, times = 1) =>
    vi.waitFor(() => expect([name, count(name)]).toEqual([name, times]), { timeout: 10_000, interval: 50 })
  const propertiesOf = (name: string) =>
    site.heard.filter((event) => event.name === name).map(({ properties }) => properties)

  test('before consent nothing is kept, sent or loaded but the script; after it one part, and a session', async () => {
    const { page, complaints } = await openPage(context)
    site.pages.set('/', '<form><input name="a"></form><p data-attune-on="view" data-attune-event="x">x</p>')
    await page.goto(`${site.origin}/?q=boots`)
    await page.fill('input', 'x')
    await page.waitForTimeout(500)
    expect(await context.cookies()).toEqual([])
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0])
    expect([site.scripts, site.heard]).toEqual([['/attune.js'], []])
    site.pages.set('/', '')
    await page.goto(site.origin)
    await page.evaluate(() => (window as unknown as Attune).attune.consent('all'))
    await hear('session_start')
    expect([...new Set(site.scripts)]).toEqual(['/attune.js', '/attune-session.js'])
    expect((await context.cookies()).map(({ name }) => name).sort()).toEqual([
      'attune_consent',
      'attune_session',
    ])
    await page.evaluate(() => (window as unknown as Attune).attune.consent('none'))
    expect((await context.cookies()).map(({ name }) => name)).toEqual(['attune_consent'])
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0])
    expect(complaints).toEqual([])
  })

  test.each([
    ["script-src 'self'; connect-src 'self'", 'the site’s own scripts'],
    ["script-src NONCE 'strict-dynamic'; connect-src 'self'", 'scripts with a nonce'],
  ])('under a policy of %s every part is let in', async (policy) => {
    site.policy = `default-src 'none'; base-uri 'none'; require-trusted-types-for 'script'; ${policy}`
    site.pages.set('/', '<form id="f"><input name="a"></form><p data-attune-on="change">x</p>')
    await consent()
    const { page, complaints } = await openPage(context)
    await page.goto(`${site.origin}/?q=boots`)
    await page.fill('input', 'x')
    await hear('form_start')
    await hear('view_search_results')
    expect([...new Set(site.scripts)].sort()).toEqual([
      '/attune-forms.js',
      '/attune-marks.js',
      '/attune-search.js',
      '/attune-session.js',
      '/attune.js',
    ])
    expect(complaints).toEqual([])
  })

  test('parts that are not to be had leave the page and the rest as they are', async () => {
    site.missing.add('/attune-session.js')
    site.pages.set(
      '/',
      '<button data-attune-event="add_to_wishlist" data-attune-prop-item-id="boots">x</button>',
    )
    await consent()
    const page = await context.newPage()
    const errors: Error[] = []
    page.on('pageerror', (error) => errors.push(error))
    await page.goto(site.origin)
    await page.click('button')
    await hear('add_to_wishlist')
    expect([count('page_view'), errors]).toEqual([1, []])
  })

  test('a video that is played tells how much of it was; what is skipped is not told', async () => {
    site.pages.set('/', '<video muted controls title="Boots"></video>')
    await consent()
    const { page, complaints } = await openPage(context)
    await page.goto(site.origin)
    await makeVideo(page, 2)
    await play(page, 0, 0.6)
    await play(page, 1.9, Number.POSITIVE_INFINITY)
    await hear('video_progress', 2)
    expect(propertiesOf('video_progress').map(({ video_percent }) => video_percent)).toEqual([10, 25])
    expect([count('video_start'), count('video_complete')]).toEqual([1, 0])
    await play(page, 0, Number.POSITIVE_INFINITY)
    await hear('video_complete')
    expect(propertiesOf('video_progress').map(({ video_percent }) => video_percent)).toEqual([
      10, 25, 50, 75, 90,
    ])
    expect(propertiesOf('video_start')).toEqual([
      { video_title: 'Boots', video_current_time: expect.any(Number), video_duration: 2 },
    ])
    expect(complaints).toEqual([])
  })

  test('a form is begun, sent and abandoned, and what was typed never leaves', async () => {
    const form = (id: string) =>
      `<form id="${id}" onsubmit="return false"><input name="city"><input name="pw" type="password"><button>x</button></form>`
    site.pages.set('/', form('sent') + form('left'))
    await consent()
    const { page, complaints } = await openPage(context)
    await page.goto(site.origin)
    await page.fill('#sent [name=city]', 'Oslo')
    await page.click('#sent button')
    await page.click('#left [name=city]')
    await page.keyboard.type('Bergen')
    await page.click('#left [name=pw]')
    await page.keyboard.type('hunter2')
    await page.goto(`${site.origin}/next`)
    await hear('form_abandon')
    expect(site.heard.filter(({ name }) => name.startsWith('form_'))).toEqual([
      { name: 'form_start', page: '/', properties: { form_id: 'sent' } },
      {
        name: 'form_submit',
        page: '/',
        properties: { form_id: 'sent', form_fields: 1, form_last_field: 'city' },
      },
      { name: 'form_start', page: '/', properties: { form_id: 'left' } },
      { name: 'form_abandon', page: '/', properties: { form_id: 'left', form_fields: 2 } },
    ])
    expect(JSON.stringify(site.heard)).not.toMatch(/Oslo|Bergen|hunter2/)
    expect(complaints).toEqual([])
  })

  test('client navigations: each page has its own marks, searches and depths, and the session goes on', async () => {
    const mark =
      '<p data-attune-event="view_promotion" data-attune-on="view">Sale</p><div style="height:9000px"></div>'
    site.pages.set('/', mark)
    await consent()
    const { page, complaints } = await openPage(context)
    await page.goto(site.origin)
    await hear('view_promotion')
    await page.evaluate(() => history.pushState(null, '', '/find?q=boots'))
    await hear('view_search_results')
    await hear('view_promotion', 2)
    await page.evaluate(() => history.pushState(null, '', '/find?q=tents'))
    await hear('view_search_results', 2)
    await page.mouse.wheel(0, 9_000)
    await hear('scroll', 4)
    const [, views] = (await sessionOf(context)).split('.')
    expect([views, count('session_start'), count('page_view')]).toEqual(['2', 1, 2])
    expect(site.heard.filter(({ name }) => name === 'scroll').map(({ page }) => page)).toEqual(
      Array(4).fill('/find'),
    )
    expect(complaints).toEqual([])
  })

  test('two tabs share a session; a page from the back/forward cache goes on with it', async () => {
    await consent()
    const { page } = await openPage(context)
    await page.goto(`${site.origin}/a`)
    await hear('session_start')
    const other = await context.newPage()
    await other.goto(`${site.origin}/b`)
    await hear('page_view', 2)
    await page.goto(`${site.origin}/c`)
    await hear('page_view', 3)
    await page.evaluate(() => {
      Object.assign(window, { wasHere: true })
    })
    await page.goto(`${site.origin}/d`)
    await hear('page_view', 4)
    await page.goBack({ waitUntil: 'commit' })
    expect(await page.evaluate(() => (window as { wasHere?: true }).wasHere)).toBe(true)
    await hear('page_view', 5)
    await vi.waitFor(async () =>
      expect((await sessionOf(context)).split('.').slice(0, 2)).toEqual(['1', '5']),
    )
    expect(count('session_start')).toBe(1)
    await page.mouse.move(9, 9)
    await page.goto(`${site.origin}/e`)
    await hear('user_engagement', 4)
  })

  test('a page that is rendered ahead says and keeps nothing until it is shown', async () => {
    const rules = { prerender: [{ urls: ['/ahead'], eagerness: 'immediate' }] }
    site.pages.set(
      '/',
      `<a href="/ahead">x</a><script type="speculationrules">${JSON.stringify(rules)}</script>`,
    )
    site.pages.set('/ahead', '<main data-attune-search="q"></main>')
    await consent()
    const { page } = await openPage(context)
    await page.goto(site.origin)
    await vi.waitFor(() => expect(site.prerendered).toEqual(['/ahead']), { timeout: 10_000 })
    await page.waitForTimeout(500)
    expect(site.heard.filter(({ page }) => page === '/ahead')).toEqual([])
    expect((await sessionOf(context)).split('.')[1]).toBe('1')
    await page.click('a')
    await vi.waitFor(
      () =>
        expect(site.heard.filter(({ name, page }) => name === 'page_view' && page === '/ahead')).toHaveLength(
          1,
        ),
      { timeout: 10_000 },
    )
    await vi.waitFor(async () => expect((await sessionOf(context)).split('.')[1]).toBe('2'))
    expect(site.prerendered).toEqual(['/ahead'])
  })
})

interface Attune {
  readonly attune: { readonly consent: (choice: string) => void }
}

async function sessionOf(context: BrowserContext): Promise<string> {
  return (await context.cookies()).find(({ name }) => name === 'attune_session')?.value ?? ''
}

/** Draws a video of so many seconds and gives it to the page's element. */
async function makeVideo(page: Page, seconds: number): Promise<void> {
  await page.evaluate(async (length) => {
    const canvas = document.createElement('canvas')
    const pen = canvas.getContext('2d')!
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm' })
    const parts: Blob[] = []
    recorder.ondataavailable = ({ data }) => parts.push(data)
    const stopped = new Promise((done) => {
      recorder.onstop = done
    })
    recorder.start()
    const from = performance.now()
    while (performance.now() - from < length * 1_000) {
      pen.fillStyle = `hsl(${performance.now() % 360} 90% 50%)`
      pen.fillRect(0, 0, 300, 150)
      await new Promise(requestAnimationFrame)
    }
    recorder.stop()
    await stopped
    const video = document.querySelector('video')!
    video.src = URL.createObjectURL(new Blob(parts, { type: 'video/webm' }))
    // A recording does not say how long it is until its end was looked for.
    await new Promise((done) => {
      video.onloadedmetadata = done
    })
    video.currentTime = 1e9
    await new Promise((done) => {
      video.onseeked = done
    })
  }, seconds)
}

/** Plays the page's video from one second to another, or to its end. */
async function play(page: Page, from: number, to: number): Promise<void> {
  await page.evaluate(
    async ([start, stop]) => {
      const video = document.querySelector('video')!
      video.currentTime = start
      await video.play()
      await new Promise<void>((done) => {
        const look = () => (video.ended || video.currentTime >= stop ? done() : requestAnimationFrame(look))
        look()
      })
      video.pause()
    },
    [from, to] as const,
  )
}
