/** A placement whose variant is fetched. */
interface Waiting {
  readonly element: HTMLElement
  /** `<post>.<placement>.<signature>`, as the server wrote it. */
  readonly name: string
  /** Places in the key that it depends on. */
  readonly bits: readonly number[]
}

// As many as the server answers at once.
const MOST = 20

/**
 * Fetches what placements show that this page does not hold, all in one request; `truths` are those of the key segments.
 * A placement whose request fails keeps its default.
 */
export async function fetchFragments(
  window: Window & typeof globalThis,
  address: string,
  keyOf: (bits: ReadonlySet<number>) => string,
): Promise<void> {
  const waiting = [...window.document.querySelectorAll<HTMLElement>('attune-placement[data-fragment]')]
    .filter((element) => !element.dataset.shown)
    .map(toWaiting)
    .slice(0, MOST)
  if (waiting.length === 0) return
  const url = new URL(address, window.location.href)
  url.searchParams.set('f', waiting.map(({ name }) => name).join(','))
  url.searchParams.set('k', keyOf(new Set(waiting.flatMap(({ bits }) => bits))))
  const answer = await window.fetch(url.href, { credentials: 'omit' })
  if (!answer.ok) return
  const found = (await answer.json()) as { readonly [name: string]: { variant: string; html: string } | null }
  for (const { element, name } of waiting) {
    const fragment = found[name.split('.').slice(0, 2).join('.')]
    if (fragment) element.innerHTML = fragment.html
    element.dataset.shown = fragment?.variant ?? 'default'
  }
}

function toWaiting(element: HTMLElement): Waiting {
  const bits = (element.dataset.bits ?? '').split(',').filter(Boolean).map(Number)
  return { element, name: element.dataset.fragment ?? '', bits }
}
