import { expect, test } from 'vitest'
import { createWhole, sentOf } from './support/create-tracker.ts'
import { makePage, type Page } from './support/make-page.ts'

async function makeStarted(html: string): Promise<Page> {
  const page = makePage()
  page.window.document.body.innerHTML = html
  page.consent('preferences')
  await createWhole(page)
  return page
}

const find = (page: Page, id: string): Element => page.window.document.getElementById(id)!

test('a click on a mark records the event it declares, with its texts and numbers, and sends it at once', async () => {
  const page = await makeStarted(
    '<button data-attune-event="add_to_wishlist" data-attune-prop-item-id="42" data-attune-number-value="9.5"><b id="b">x</b></button>',
  )
  page.emit(find(page, 'b'), 'click')
  await page.settle()
  expect(page.names()).toContain('add_to_wishlist')
  expect(await sentOf(page, 'add_to_wishlist')).toEqual([{ item_id: '42', value: 9.5 }])
})

test.each(['click', 'submit', 'change'])(
  'a mark for %s hears that and nothing else, never what is entered',
  async (type) => {
    const page = await makeStarted(
      `<form id="form" data-attune-event="sign_up" data-attune-on="${type}"><input id="field" value="secret"></form>`,
    )
    for (const other of ['click', 'submit', 'change']) {
      page.emit(find(page, other === 'submit' ? 'form' : 'field'), other)
    }
    expect(await sentOf(page, 'sign_up')).toEqual([{}])
    expect(JSON.stringify(page.sent)).not.toContain('secret')
  },
)

test('a mark for view is recorded once half of it was in view for a second, once per page view', async () => {
  const page = await makeStarted(
    '<p id="p" data-attune-event="view_promotion" data-attune-on="view" data-attune-prop-promotion-name="May">x</p>',
  )
  page.scrollIntoView(find(page, 'p'), 0.6)
  await page.advance(900)
  expect(page.names()).not.toContain('view_promotion')
  await page.advance(100)
  page.scrollIntoView(find(page, 'p'), 0)
  page.scrollIntoView(find(page, 'p'), 1)
  expect(await sentOf(page, 'view_promotion')).toEqual([{ promotion_name: 'May' }])
})

test('a number that is none is sent as nothing', async () => {
  const page = await makeStarted(
    '<b id="b" data-attune-event="purchase" data-attune-number-value="many">x</b>',
  )
  page.emit(find(page, 'b'), 'click')
  expect(await sentOf(page, 'purchase')).toEqual([{ value: null }])
})

test('what the browser’s menu shared is recorded once the visitor chose, and the page’s own call answers as before', async () => {
  const page = makePage()
  const shared: unknown[] = []
  const share = async (data: unknown) => {
    if (data === 'no') throw new Error('AbortError')
    shared.push(data)
  }
  const { navigator } = page.window
  Object.defineProperty(navigator, 'share', { value: share, writable: true })
  page.consent('preferences')
  const tracker = await createWhole(page)
  await navigator.share({ title: 'Boots' })
  await expect(navigator.share('no' as ShareData)).rejects.toThrow('AbortError')
  expect(shared).toEqual([{ title: 'Boots' }])
  expect(await sentOf(page, 'share')).toEqual([{ method: 'web_share' }])
  tracker.consent('none')
  expect(navigator.share).toBe(share)
})
