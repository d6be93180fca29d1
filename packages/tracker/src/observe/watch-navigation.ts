import { safely } from '../safely.ts'

/**
 * Calls `arrive` at each client navigation. A page is its path: a query is more often a filter or a search field being
 * typed into than another page.
 */
export function watchNavigation(window: Window, arrive: () => void): void {
  const { location, history } = window
  let path = location.pathname
  const compare = () => {
    if (path === location.pathname) return
    path = location.pathname
    safely(arrive)
  }
  for (const method of ['pushState', 'replaceState'] as const) {
    const original = history[method]
    history[method] = (...args) => {
      original.apply(history, args)
      compare()
    }
  }
  window.addEventListener('popstate', compare)
}
