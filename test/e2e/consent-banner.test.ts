import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, newVisitor, openPage, watchLayoutShifts } from '../support/browser.ts'
import { type ConsentSite, startConsentSite } from '../support/consent-site.ts'
import { lowContrast } from '../support/low-contrast.ts'

const EVERYTHING = '?privacy=/privacy&purposes=preferences+statistics+marketing'

// Whoever is told apart is counted as well.
const EVERY_WORD = 'preferences.statistics.statistics-anonymous.marketing'

let site: ConsentSite
let browser: Browser

beforeAll(async () => {
  site = await startConsentSite()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

interface Opening {
  readonly query?: string
  readonly objects?: boolean
  readonly options?: BrowserContextOptions
}

async function open({ query = EVERYTHING, objects = false, options = {} }: Opening = {}) {
  const context = await newVisitor(browser, options)
  const opened = await openPage(context)
  const { page } = opened
  if (objects) {
    await page.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true }),
    )
  }
  const shifts = await watchLayoutShifts(page)
  await page.goto(site.origin + query)
  return {
    ...opened,
    context,
    shifts,
    banner: page.getByRole('dialog', { name: 'May we remember your visit?' }),
  }
}

/** Our cookie, as a page sees it. */
async function said(page: Page): Promise<string | undefined> {
  const { name, value } =
    (await page.context().cookies()).find((cookie) => cookie.name === 'attune_consent') ?? {}
  return name && value
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

describe('the banner', () => {
  test('asks without moving the page, taking the focus or breaking a strict policy', async () => {
    const { page, banner, complaints, shifts, context } = await open()
    await banner.waitFor()
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true)
    expect(await shifts()).toBe(0)
    expect(complaints).toEqual([])
    expect(await said(page)).toBeUndefined()
    await context.close()
  })

  test.each([
    ['Allow all', EVERY_WORD],
    ['Refuse all', 'none'],
  ])('%s is one press, and the question is gone, also on the next page', async (name, words) => {
    const { page, banner, context } = await open()
    await banner.getByRole('button', { name }).click()
    expect(await said(page)).toBe(words)
    expect(await banner.isVisible()).toBe(false)
    await page.reload()
    expect(await banner.isVisible()).toBe(false)
    await context.close()
  })

  test('refusing is as easy as allowing: the same layer, size, colours and font', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [360, 1_280]) {
        const { banner, context } = await open({ options: { colorScheme, viewport: { width, height: 800 } } })
        const looks = await banner.locator('.answer').evaluateAll((buttons) =>
          buttons.map((each) => {
            const { color, backgroundColor, fontSize, fontWeight, borderColor } = getComputedStyle(each)
            const { width, height, y } = each.getBoundingClientRect()
            return { color, backgroundColor, fontSize, fontWeight, borderColor, width, height, y }
          }),
        )
        expect(looks).toHaveLength(2)
        expect(looks[0]).toEqual(looks[1])
        await context.close()
      }
    }
  })

  test('can be used by keyboard alone; Escape answers nothing', async () => {
    const { page, banner, context } = await open()
    await banner.waitFor()
    const names: (string | null)[] = []
    for (let press = 0; press < 4; press++) {
      await page.keyboard.press('Tab')
      names.push(await focused(page))
    }
    // The question comes before the page, the no before the yes.
    expect(names).toEqual(['Refuse all', 'Allow all', 'Choose', 'Privacy policy'])
    await page.keyboard.press('Escape')
    expect([await said(page), await banner.isVisible()]).toEqual([undefined, true])
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    const choices = page.getByRole('dialog', { name: 'Your choices' })
    await choices.getByRole('checkbox', { name: /Statistics/ }).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Escape')
    expect([await said(page), await choices.isVisible(), await focused(page)]).toEqual([
      undefined,
      false,
      'Choose',
    ])
    await page.keyboard.press('Enter')
    // What Escape left behind is not kept.
    expect(await choices.getByRole('checkbox', { name: /Statistics/ }).isChecked()).toBe(false)
    await choices.getByRole('checkbox', { name: /Statistics/ }).focus()
    await page.keyboard.press('Space')
    await button(page, 'Save choices').press('Enter')
    expect(await said(page)).toBe('statistics.statistics-anonymous')
    expect(await page.getByRole('status').textContent()).toBe('Your choice is saved.')
    await context.close()
  })

  test('is said to a screen reader: names, roles, what describes what', async () => {
    const { page, banner, context } = await open()
    expect(await banner.ariaSnapshot()).toBe(
      [
        '- dialog "May we remember your visit?":',
        '  - heading "May we remember your visit?" [level=2]',
        '  - paragraph: With your permission this site remembers what you look at, to show you what fits and to learn what is used. You can say no, and change your mind at any time.',
        '  - button "Refuse all"',
        '  - button "Allow all"',
        '  - button "Choose"',
        '  - link "Privacy policy":',
        '    - /url: /privacy',
      ].join('\n'),
    )
    await button(page, 'Choose').click()
    const boxes = await page
      .getByRole('checkbox')
      .evaluateAll((all) =>
        all.map((box) => [
          (box as HTMLInputElement).labels?.[0]?.querySelector('.name')?.textContent,
          (box as HTMLInputElement).checked,
          (box as HTMLInputElement).disabled,
          (box.getRootNode() as ShadowRoot).getElementById(box.getAttribute('aria-describedby')!)
            ?.textContent !== '',
        ]),
      )
    // Nothing but what is needed is ticked beforehand.
    expect(boxes).toEqual([
      ['Needed', true, true, true],
      ['Personalising', false, false, true],
      ['Statistics', false, false, true],
      ['Marketing', false, false, true],
    ])
    await context.close()
  })

  test('fits a small window at 200 %, a phone and a phone at 400 %, and scrolls where it must', async () => {
    for (const viewport of [
      { width: 640, height: 400 },
      { width: 360, height: 640 },
      { width: 320, height: 256 },
    ]) {
      const { page, banner, context } = await open({ options: { viewport }, objects: true })
      await banner.evaluate((element) => Promise.all(element.getAnimations().map((each) => each.finished)))
      const box = (await banner.boundingBox())!
      expect(
        box.x >= 0 && box.x + box.width <= viewport.width && box.y >= 0,
        JSON.stringify({ viewport, box }),
      ).toBe(true)
      expect(box.y + box.height).toBeLessThanOrEqual(viewport.height)
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
      for (const name of ['Refuse all', 'Allow all anyway']) {
        await banner.getByRole('button', { name }).focus()
        const place = (await banner.getByRole('button', { name }).boundingBox())!
        expect(place.y >= 0 && place.y + place.height <= viewport.height, name).toBe(true)
      }
      await context.close()
    }
  })

  test('does not move for those who asked for less motion', async () => {
    const { banner, context } = await open({ options: { reducedMotion: 'reduce' } })
    expect(await banner.evaluate((element) => element.getAnimations({ subtree: true }).length)).toBe(0)
    await context.close()
  })

  test('every text has a contrast of at least 4.5 to 1, in light and in dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, context, banner } = await open({
        objects: true,
        options: { colorScheme, reducedMotion: 'reduce' },
      })
      const layers = [await banner.evaluate(lowContrast)]
      await button(page, 'Choose').click()
      layers.push(await page.getByRole('dialog', { name: 'Your choices' }).evaluate(lowContrast))
      expect({ colorScheme, layers }).toEqual({ colorScheme, layers: [[], []] })
      await context.close()
    }
  })

  test('speaks the site’s language, with its words as text and never as markup', async () => {
    const texts = {
      title: 'Dürfen wir uns erinnern?',
      refuse: 'Alles ablehnen',
      accept: '<img src=x onerror=alert(1)>',
    }
    const { page, complaints, context } = await open({
      query: `?texts=${encodeURIComponent(JSON.stringify(texts))}`,
    })
    const banner = page.getByRole('dialog', { name: texts.title })
    expect(await banner.getByRole('button').allTextContents()).toEqual([texts.refuse, texts.accept, 'Choose'])
    expect(complaints).toEqual([])
    await context.close()
  })
})

describe('the choices', () => {
  test('show how it stands, and withdrawing takes one press, like giving', async () => {
    const { page, context } = await open()
    await button(page, 'Allow all').click()
    await button(page, 'Privacy choices').click()
    const boxes = page.getByRole('checkbox')
    expect(await boxes.evaluateAll((all) => all.map((box) => (box as HTMLInputElement).checked))).toEqual(
      Array(4).fill(true),
    )
    await page.getByRole('button', { name: 'Close without saving' }).click()
    expect(await said(page)).toBe(EVERY_WORD)
    expect(await focused(page)).toBe('Privacy choices')
    await button(page, 'Forget me').click()
    expect(await said(page)).toBe('none')
    await context.close()
  })

  test('stand alone: one pair of answers at a time, and closing them brings the banner and the focus back', async () => {
    for (const viewport of [
      { width: 360, height: 640 },
      { width: 1_280, height: 800 },
    ]) {
      const { page, banner, context } = await open({ options: { viewport } })
      await banner.getByRole('button', { name: 'Choose' }).click()
      const seen = async () => [
        await page.getByRole('button', { name: 'Refuse all' }).count(),
        await page.locator('attune-consent .banner').isVisible(),
      ]
      expect(await seen()).toEqual([1, false])
      await page.keyboard.press('Escape')
      expect([...(await seen()), await focused(page)]).toEqual([1, true, 'Choose'])
      await context.close()
    }
  })

  test('promise no more than is done, and name the page where what is kept can be deleted', async () => {
    const told =
      'What you turn off is not used any more from the next page on. What was kept until then is deleted when its time is over.'
    const { page, context } = await open({ query: `${EVERYTHING}&data=/attune/my-data` })
    await button(page, 'Choose').click()
    const choices = page.getByRole('dialog', { name: 'Your choices' })
    expect(await choices.getByText('What you turn off').textContent()).toBe(told)
    // Of who allowed nothing there is nothing to delete.
    expect(await choices.getByRole('link').count()).toBe(0)
    await choices.getByRole('button', { name: 'Allow all' }).click()
    await button(page, 'Privacy choices').click()
    const link = choices.getByRole('link', { name: 'Your data' })
    expect(await link.getAttribute('href')).toBe('/attune/my-data')
    expect(await link.locator('..').textContent()).toBe(
      'To have what is kept deleted at once, go to Your data before you turn anything off.',
    )
    await page.goto(site.origin + EVERYTHING)
    await button(page, 'Privacy choices').click()
    await choices.waitFor()
    expect(await choices.getByRole('link').count()).toBe(0)
    await context.close()
  })
})

describe('under Global Privacy Control', () => {
  test('the page says that it was honoured, an older yes counts no more, and a yes in spite of it does', async () => {
    const { page, banner, context } = await open({
      objects: true,
      options: { viewport: { width: 360, height: 640 } },
    })
    const mark = () => page.locator('html').getAttribute('data-attune-gpc')
    expect(await mark()).toBe('honoured')
    expect(await banner.getByRole('note').textContent()).toContain('Opt-out honoured')
    await context.addCookies([{ name: 'attune_consent', value: 'preferences.statistics', url: site.origin }])
    await page.reload()
    await button(page, 'Privacy choices').click()
    const choices = page.getByRole('dialog', { name: 'Your choices' })
    expect(await choices.getByRole('checkbox', { name: /Personalising/ }).isChecked()).toBe(false)
    expect(await choices.getByRole('checkbox', { name: /Statistics/ }).isChecked()).toBe(true)
    expect(await choices.getByRole('note').isVisible()).toBe(true)
    await choices.getByRole('checkbox', { name: /Personalising/ }).check()
    await button(page, 'Save choices').click()
    expect([await said(page), await mark()]).toEqual([
      'preferences.statistics.statistics-anonymous.gpc',
      'overruled',
    ])
    await page.reload()
    expect(await mark()).toBe('overruled')
    await button(page, 'Privacy choices').click()
    expect(await choices.getByRole('note').textContent()).toContain('You allowed this in spite of')
    expect(await choices.evaluate(({ scrollTop }) => scrollTop)).toBe(0)
    await page.keyboard.press('Escape')
    await button(page, 'Forget me').click()
    expect([await said(page), await mark()]).toEqual(['none', 'honoured'])
    await button(page, 'Privacy choices').click()
    expect(await choices.getByRole('note').textContent()).toContain('Opt-out honoured')
    await context.close()
  })

  test('statistics alone are no yes in spite of it', async () => {
    const { page, context } = await open({ objects: true })
    await button(page, 'Choose').click()
    await page.getByRole('checkbox', { name: /Statistics/ }).check()
    await button(page, 'Save choices').click()
    expect(await said(page)).toBe('statistics.statistics-anonymous')
    await context.close()
  })
})

test('each answer asks the log for one row, of which text, how and what', async () => {
  site.logged.length = 0
  const { page, context } = await open({ query: '?log=/attune/consent&version=2026-11' })
  for (const name of ['Refuse all', 'Privacy choices', 'Allow all']) {
    const told = name === 'Privacy choices' ? undefined : page.waitForResponse('**/attune/consent')
    await button(page, name).click()
    await told
  }
  expect(site.logged.map(({ body }) => JSON.parse(body))).toEqual([
    { by: 'refuse', text: '2026-11', granted: [] },
    { by: 'accept', text: '2026-11', granted: ['preferences', 'statistics', 'statistics-anonymous'] },
  ])
  expect(site.logged[0]?.headers).toMatchObject({
    origin: site.origin,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
  })
  await context.close()
})

test('a first yes is heard of when the log answered, so that nothing is sent for a visitor whom nobody knows; a no at once', async () => {
  const { page, context } = await open({ query: '?log=/attune/consent' })
  const heard = () => page.evaluate(() => (window as { heard?: number }).heard ?? 0)
  await page.evaluate(() => {
    const count = window as { heard?: number }
    document.addEventListener('attune:consent', () => (count.heard = (count.heard ?? 0) + 1))
  })
  const held = Promise.withResolvers<() => Promise<void>>()
  await page.route('**/attune/consent', (route) => held.resolve(() => route.continue()), { times: 1 })
  await button(page, 'Allow all').click()
  const letGo = await held.promise
  expect([await heard(), await said(page)]).toEqual([0, 'preferences.statistics.statistics-anonymous'])
  await letGo()
  await page.waitForFunction(() => (window as { heard?: number }).heard === 1)
  await button(page, 'Forget me').click()
  expect([await heard(), await said(page)]).toEqual([2, 'none'])
  await context.close()
})

describe('the scripts that listen to a consent tool', () => {
  /** Opens a page whose head has a tool and one of the scripts, and answers what our cookie says after it. */
  async function follow(query: string, tool: () => void): Promise<Page> {
    const context = await newVisitor(browser)
    const { page, complaints } = await openPage(context)
    await page.addInitScript(tool)
    await page.goto(`${site.origin}/followed?${query}`)
    expect(complaints).toEqual([])
    return page
  }

  test('TCF: with the vendor that the tag names', async () => {
    const tool = () => {
      const consents = Object.fromEntries(Array.from({ length: 11 }, (_, at) => [at + 1, true]))
      const data = {
        eventStatus: 'tcloaded',
        purpose: { consents },
        vendor: { consents: { 7: true, 8: true }, disclosedVendors: { 7: true } },
      }
      const api = (_command: string, _version: number, hear: (data: object, success: boolean) => void) =>
        hear(data, true)
      Object.assign(window, { __tcfapi: api })
    }
    for (const [vendor, words] of [
      ['7', EVERY_WORD],
      ['8', 'none'],
    ] as const) {
      const page = await follow(`src=/attune-consent-tcf.js&data-vendor=${vendor}`, tool)
      expect(await said(page)).toBe(words)
      await page.context().close()
    }
  })

  test('GPP: an opt-out leaves what the tag names as granted unasked', async () => {
    const page = await follow('src=/attune-consent-gpp.js&data-unasked=preferences+marketing', () => {
      const pingData = { signalStatus: 'ready', parsedSections: { usca: [{ SaleOptOut: 1 }] } }
      const api = (_command: string, hear: (event: object, success: boolean) => void) =>
        hear({ pingData }, true)
      Object.assign(window, { __gpp: api })
    })
    expect(await said(page)).toBe('preferences')
    await page.context().close()
  })

  test('Consent Mode: what gtag() pushed before the script, and what it pushes later', async () => {
    const page = await follow('src=/attune-consent-google.js', () => {
      const dataLayer: unknown[] = []
      function gtag(..._given: unknown[]): void {
        // biome-ignore lint/complexity/noArguments: as Google's own snippet does
        dataLayer.push(arguments)
      }
      Object.assign(window, { dataLayer, gtag })
      gtag('consent', 'default', { analytics_storage: 'granted' })
      gtag('consent', 'update', { personalization_storage: 'granted' })
    })
    expect(await said(page)).toBe('preferences')
    await page.evaluate(() => {
      const { gtag } = window as unknown as { gtag(...given: unknown[]): void }
      gtag('consent', 'update', { analytics_storage: 'granted', personalization_storage: 'denied' })
    })
    expect(await said(page)).toBe('statistics.statistics-anonymous')
    await page.context().close()
  })

  test('the WP Consent API, as long as a plugin asks there', async () => {
    const page = await follow('src=/attune-consent-wp.js', () => {
      Object.assign(window, {
        wp_consent_type: 'optin',
        wp_has_consent: (category: string) => category === 'statistics',
      })
    })
    expect(await said(page)).toBe('statistics')
    await page.context().close()
  })
})

/** The name of what has the focus, also inside our element. */
function focused(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const { activeElement } = document
    return (activeElement?.shadowRoot?.activeElement ?? activeElement)?.textContent ?? null
  })
}
