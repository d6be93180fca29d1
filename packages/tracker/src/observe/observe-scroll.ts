import { listen } from '../scope.ts'
import type { Observer } from './observer.ts'

/** Records `scroll` once for each of 25, 50, 75 and 90 % of the page that came into view by scrolling. */
export const observeScroll: Observer = ({ environment: { window }, scope, record }) => {
  const { document } = window
  const depths = [25, 50, 75, 90]
  listen(scope, document, 'scroll', () => {
    const seen = ((window.scrollY + window.innerHeight) / document.documentElement.scrollHeight) * 100
    while (seen >= (depths[0] ?? Infinity)) record('scroll', { percent_scrolled: depths.shift() })
  })
}
