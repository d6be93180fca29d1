/** What the server says to the menu; see the plugin's `view_menu_facts()`. */
export interface ViewFacts {
  /** Of the plugin's REST routes, with a slash at the end. */
  readonly root: string
  readonly nonce: string
  /** What is looked as now: segment → whether one is in it; `null` as oneself. */
  readonly view: Readonly<Record<string, boolean>> | null
  readonly words: {
    readonly title: string
    readonly about: string
    readonly unsaid: string
    readonly in: string
    readonly out: string
    readonly look: string
    readonly reset: string
    readonly close: string
    readonly loading: string
    readonly none: string
    /** With `%s` where what went wrong is told. */
    readonly trouble: string
  }
}

/** The parameter of a link of this kind. */
export const VIEW_PARAMETER = 'attune_view'

/** The address of a page without what it is looked as. */
export function plainAddress(address: string): string {
  const url = new URL(address)
  url.searchParams.delete(VIEW_PARAMETER)
  url.hash = ''
  return url.href
}
