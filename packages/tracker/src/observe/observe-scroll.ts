import { listen } from '../scope.ts'
import type { Observer } from './observer.ts'

/** Records `scroll` once for each of 25, 50, 75 and 90 % of the page that came into view by scrolling. */
export const observeScroll: Observer = ({ window, document, scope, record }) => {
  const depths = [25, 50, 75, 90]
  listen(scope, document, 'scroll', () => {
    // A page without a height has no depths; comparing with NaN, or with the depth after the last, is false.
    const seen =
      ((window.scrollY + window.innerHeight) / (document.documentElement.scrollHeight || NaN)) * 100
    while (seen >= depths[0]!) record('scroll', { percent_scrolled: depths.shift() })
  })
}
