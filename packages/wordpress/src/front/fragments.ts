/** A placement whose variant is fetched. */
interface Waiting {
  readonly element: HTMLElement
  /** `<post>.<placement>.<signature>`, as the server wrote it. */
  readonly name: string
  /** Places in the key that it depends on. */
  readonly bits: readonly number[]
  /** It is decided by the visitor's own signed cookies. */
  readonly isOwn: boolean
}

/** Where fragments are had. */
export interface FragmentSource {
  readonly address: string
  /** The key that says of these of its places what they hold, and nothing of the others. */
  readonly keyOf: (bits: ReadonlySet<number>) => string
  /** The visitor may have signed cookies, by which the server decides what no key can. */
  readonly hasCookies: boolean
  /** What sessions were counted in when the page was asked for: it is among their page views by now. */
  readonly session: string
}

// As many as the server answers at once.
const MOST = 30

/**
 * Fetches what placements show that this page does not hold: in one request, without cookies, what is the same for everybody of one
 * key, so that caches may keep the answer; in another what is the visitor's own. A placement whose request fails keeps its default.
 */
export async function fetchFragments(
  window: Window & typeof globalThis,
  { address, keyOf, hasCookies, session }: FragmentSource,
): Promise<void> {
  const all = [...window.document.querySelectorAll<HTMLElement>('attune-placement[data-fragment]')]
    .filter((element) => !element.dataset.shown)
    .map(toWaiting)
  const shared = all.filter(({ isOwn }) => !isOwn).slice(0, MOST)
  const own = hasCookies ? all.filter(({ isOwn }) => isOwn).slice(0, MOST) : []
  const k = keyOf(new Set(shared.flatMap(({ bits }) => bits)))
  const ask = async (waiting: readonly Waiting[], more: object, init: RequestInit): Promise<void> => {
    if (waiting.length === 0) return
    const url = new URL(address, window.location.href)
    const asked = { f: waiting.map(({ name }) => name).join(','), ...more }
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
    const answer = await window.fetch(url.href, init)
    if (answer.ok) show(waiting, await answer.json())
  }
  // What fails for one keeps nothing from the other.
  await Promise.allSettled([
    ask(shared, { k }, { credentials: 'omit' }),
    ask(own, {}, { credentials: 'same-origin', ...(session && { headers: { 'attune-session': session } }) }),
  ])
}

type Fragments = { readonly [name: string]: { readonly variant: string; readonly html: string } | undefined }

function show(waiting: readonly Waiting[], found: Fragments): void {
  for (const { element, name } of waiting) {
    const fragment = found[name.split('.').slice(0, 2).join('.')]
    if (fragment) element.innerHTML = fragment.html
    element.dataset.shown = fragment?.variant ?? 'default'
  }
}

function toWaiting(element: HTMLElement): Waiting {
  const { fragment: name = '', bits = '', own } = element.dataset
  return { element, name, bits: bits.split(',').filter(Boolean).map(Number), isOwn: own !== undefined }
}
