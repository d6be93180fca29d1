// @vitest-environment happy-dom
import { act, type ReactNode } from 'react'
import { createRoot, hydrateRoot, type Root } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Placement } from '../../src/page/placement.tsx'

const variants = {
  none: null,
  ten: (
    <p>
      Ten off <a href="/sale">now</a>
    </p>
  ),
  twenty: <p>Twenty off</p>,
}
const decisions = (variant: string) => ({ offer: { variant, baseline: 'none' } })
const offer = (variant = 'none', live: boolean | string = true): ReactNode => (
  <Placement id="offer" variants={variants} decisions={decisions(variant)} live={live} className="bar" />
)

let root: Root | undefined
let hovered: Element | undefined

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.useFakeTimers()
  hovered = undefined
  const matches = Element.prototype.matches
  vi.spyOn(Element.prototype, 'matches').mockImplementation(function (this: Element, selector: string) {
    return selector === ':hover' ? this === hovered : matches.call(this, selector)
  })
})
afterEach(() => {
  act(() => root?.unmount())
  root = undefined
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

function show(page: ReactNode): HTMLElement {
  document.body.innerHTML = '<input id="elsewhere"><div id="root"></div>'
  const place = document.getElementById('root')!
  root = createRoot(place)
  act(() => root!.render(page))
  return document.querySelector<HTMLElement>('[data-attune-placement]')!
}

function decide(detail: unknown): void {
  act(() => {
    document.dispatchEvent(new CustomEvent('attune:decided', { detail }))
  })
}

/** The text that can be seen, and how many variants are at rest. */
function seen(element: Element): readonly [string | undefined, string | null, number] {
  const rest = element.querySelectorAll('[data-attune-rest]')
  const shown = [...element.children].find((child) => !child.hasAttribute('data-attune-rest'))
  return [shown?.textContent ?? undefined, element.getAttribute('data-attune-variant'), rest.length]
}

describe('a live placement', () => {
  test('has all variants in one place, one of them in sight', () => {
    const html = renderToString(offer('ten'))
    expect(html).toContain('class="bar" style="display:grid" data-attune-placement="offer"')
    expect(html).toContain('data-attune-variant="ten" data-attune-live=""')
    expect(html.match(/grid-area:1 \/ 1/g)).toHaveLength(3)
    expect(html.match(/visibility:hidden/g)).toHaveLength(2)
    expect(html.match(/ inert=""/g)).toHaveLength(2)
    expect(html.match(/aria-hidden="true"/g)).toHaveLength(2)
    expect(renderToString(offer('ten', '/live/socket'))).toContain('data-attune-live="/live/socket"')
    expect(renderToString(offer('ten', false))).not.toContain('Twenty')
  })

  test('shows what is decided, in the same element, and is hydrated as it came', () => {
    const error = vi.spyOn(console, 'error')
    document.body.innerHTML = `<div id="root">${renderToString(offer())}</div>`
    const element = document.querySelector('[data-attune-placement]')!
    act(() => {
      root = hydrateRoot(document.getElementById('root')!, offer())
    })
    expect(seen(element)).toEqual(['', 'none', 2])
    decide({ decisions: { offer: 'ten', hero: 'hiking' } })
    expect(seen(element)).toEqual(['Ten off now', 'ten', 2])
    expect(document.querySelector('[data-attune-placement]')).toBe(element)
    expect(document.querySelector('[aria-live]')).toBeNull()
    expect(error).not.toHaveBeenCalled()
  })

  test.each([
    undefined,
    null,
    { decisions: null },
    { decisions: { offer: 7 } },
    { decisions: { offer: 'unknown' } },
    { decisions: { offer: 'constructor' } },
    { decisions: { hero: 'ten' } },
  ])('keeps what it shows at %j', (detail) => {
    const element = show(offer('twenty'))
    decide(detail)
    expect(seen(element)[1]).toBe('twenty')
  })

  test('does not change under the pointer, and does once it is gone', () => {
    const element = show(offer())
    hovered = element
    decide({ decisions: { offer: 'ten' } })
    decide({ decisions: { offer: 'twenty' } })
    act(() => {
      document.dispatchEvent(new Event('pointerover'))
      vi.runAllTimers()
    })
    expect(seen(element)[1]).toBe('none')
    hovered = undefined
    act(() => {
      document.dispatchEvent(new Event('pointerover'))
      vi.runAllTimers()
    })
    expect(seen(element)[1]).toBe('twenty')
  })

  test('does not change around the focus', () => {
    const element = show(offer('ten'))
    element.querySelector('a')!.focus()
    decide({ decisions: { offer: 'twenty' } })
    expect(seen(element)[1]).toBe('ten')
    act(() => {
      document.getElementById('elsewhere')!.focus()
      vi.runAllTimers()
    })
    expect(seen(element)[1]).toBe('twenty')
  })

  test('begins anew when the server decides anew', () => {
    const element = show(offer('none'))
    decide({ decisions: { offer: 'ten' } })
    act(() => root!.render(offer('none')))
    expect(seen(element)[1]).toBe('ten')
    act(() => root!.render(offer('twenty')))
    expect(seen(document.querySelector('[data-attune-placement]')!)[1]).toBe('twenty')
  })

  test('hears nothing any more when it has gone', () => {
    const element = show(offer())
    hovered = element
    decide({ decisions: { offer: 'ten' } })
    act(() => root!.unmount())
    root = undefined
    const error = vi.spyOn(console, 'error')
    document.dispatchEvent(new CustomEvent('attune:decided', { detail: { decisions: { offer: 'ten' } } }))
    document.dispatchEvent(new Event('pointerover'))
    vi.runAllTimers()
    expect(error).not.toHaveBeenCalled()
  })
})
