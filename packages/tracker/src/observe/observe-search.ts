import { redact } from '../redact.ts'
import { listen } from '../scope.ts'
import type { ChunkObserver } from './observer.ts'

const USUAL = 'q s search'
// A search field that changes the address at each key settles first, milliseconds.
const SETTLED = 1_000

/**
 * Records `view_search_results` for the query parameter that `data-attune-search="term"` names on any element (several are parted by
 * spaces), by default `q`, `s` or `search`; again when the visitor searches for something else on the same page.
 */
export const observeSearch: ChunkObserver = ({ window, later, scope, record }) => {
  const { document, location } = window
  let told = ''
  const tell = () => {
    const named = document.querySelector('[data-attune-search]')?.getAttribute('data-attune-search') || USUAL
    const query = new URLSearchParams(location.search)
    const given = named.split(/[\s,]+/).map((name) => query.get(name)?.trim())
    const term = redact(given.find(Boolean) ?? '')
    if (!term || term === told) return
    told = term
    record('view_search_results', { search_term: term })
  }
  let cancel = () => {}
  tell()
  scope.push(() => cancel())
  // Where the browser does not tell of it, a search on the same page is heard at the next page view.
  const { navigation } = window as { readonly navigation?: EventTarget }
  if (!navigation) return
  listen(scope, navigation, 'currententrychange', () => {
    cancel()
    cancel = later(tell, SETTLED)
  })
}
