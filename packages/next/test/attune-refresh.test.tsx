// @vitest-environment happy-dom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AttuneRefresh } from '../src/client.tsx'

const { refresh, page } = vi.hoisted(() => ({ refresh: vi.fn(), page: { path: '/' } }))
const router = vi.hoisted(() => ({ refresh: () => refresh() }))

vi.mock('next/navigation', () => ({ useRouter: () => router, usePathname: () => page.path }))

let root: Root

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  refresh.mockReset()
  page.path = '/'
  document.body.innerHTML = '<main data-attune-placement="hero"></main><div id="root"></div>'
  root = createRoot(document.getElementById('root')!)
  render()
})

afterEach(() => {
  act(() => root.unmount())
  vi.unstubAllGlobals()
})

function render(): void {
  act(() => root.render(<AttuneRefresh />))
}

function announce(detail: unknown): void {
  act(() => {
    document.dispatchEvent(new CustomEvent('attune:changed', { detail }))
  })
}

test('a change that is not on the page drops what was fetched ahead, at once', () => {
  announce({ placements: ['offer'] })
  expect(refresh).toHaveBeenCalledOnce()
})

test('a change on the page waits for the next navigation, so nothing moves under the reader', () => {
  announce({ placements: ['offer', 'hero'] })
  render()
  expect(refresh).not.toHaveBeenCalled()
  page.path = '/product/x'
  render()
  expect(refresh).toHaveBeenCalledOnce()
})

test('it refreshes once for a change, not at every navigation after it', () => {
  announce({ placements: ['hero'] })
  for (const path of ['/a', '/b']) {
    page.path = path
    render()
  }
  expect(refresh).toHaveBeenCalledOnce()
})

test.each([[undefined], [null], [{}], [{ placements: 'hero' }]])(
  '%j refreshes and does no harm',
  (detail) => {
    announce(detail)
    expect(refresh).toHaveBeenCalledOnce()
  },
)

test('after the layout is gone nothing listens', () => {
  act(() => root.render(null))
  announce({ placements: ['offer'] })
  expect(refresh).not.toHaveBeenCalled()
})
