import { beforeEach, expect, test } from 'vitest'
import { observeExposures } from '../../src/observe/observe-exposures.ts'
import type { PageView } from '../../src/observe/observer.ts'
import { makePage, type Page } from '../support/make-page.ts'

let page: Page
let recorded: string[]

beforeEach(() => {
  page = makePage()
  recorded = []
})

function watch(html: string): Element {
  const { window, environment } = page
  window.document.body.innerHTML = html
  const view = {
    ...environment,
    document: window.document,
    scope: [],
    record: (_: string, { placement, variant }: object & { placement?: unknown; variant?: unknown }) =>
      recorded.push(`${placement}:${variant}`),
  }
  // What exposures do not look at is left out.
  observeExposures(view as unknown as PageView)
  return window.document.querySelector('[data-attune-placement]')!
}

async function show(element: Element, variant: string): Promise<void> {
  element.setAttribute('data-attune-variant', variant)
  await page.mutated()
  // A browser answers as soon as an element is observed.
  page.scrollIntoView(element, 1)
}

const LIVE = '<p data-attune-placement="offer" data-attune-variant="none" data-attune-live></p>'

test('each variant of a live placement is told of once, after a second in view', async () => {
  const offer = watch(LIVE)
  page.scrollIntoView(offer, 1)
  await page.advance(1_000)
  for (const variant of ['ten', 'none', 'ten']) {
    await show(offer, variant)
    await page.advance(1_000)
  }
  expect(recorded).toEqual(['offer:none', 'offer:ten'])
})

test('a variant that was shown for less than a second was not seen', async () => {
  const offer = watch(LIVE)
  page.scrollIntoView(offer, 1)
  await page.advance(900)
  await show(offer, 'ten')
  await page.advance(900)
  expect(recorded).toEqual([])
  await page.advance(100)
  expect(recorded).toEqual(['offer:ten'])
})

test('what rests in a live placement is not seen, until it is shown', async () => {
  const offer = watch(
    LIVE.replace(
      '></p>',
      '><b data-attune-rest><i data-attune-placement="inner" data-attune-variant="a"></i></b></p>',
    ),
  )
  const inner = offer.querySelector('i')!
  page.scrollIntoView(inner, 1)
  await page.advance(1_000)
  expect(recorded).toEqual([])
  offer.querySelector('b')!.removeAttribute('data-attune-rest')
  await show(offer, 'ten')
  page.scrollIntoView(inner, 1)
  await page.advance(1_000)
  expect(recorded.sort()).toEqual(['inner:a', 'offer:ten'])
})

test('another placement is told of once, as ever', async () => {
  const hero = watch('<p data-attune-placement="hero" data-attune-variant="a"></p>')
  page.scrollIntoView(hero, 1)
  await page.advance(1_000)
  await show(hero, 'b')
  await page.advance(1_000)
  expect(recorded).toEqual(['hero:a'])
})
