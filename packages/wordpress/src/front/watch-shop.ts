import type { Tracker } from '@attune/tracker'

interface JQueryEvents {
  on(type: string, heard: (event: unknown, ...given: readonly unknown[]) => void): void
}

/**
 * Hears when WooCommerce puts something into the cart: its classic pages say so through jQuery, its blocks through an event of the
 * document. Without WooCommerce nothing is ever heard.
 */
export function watchShop(window: Window & typeof globalThis, tracker: Pick<Tracker, 'track'>): void {
  const { document } = window
  const { jQuery } = window as { jQuery?: (element: unknown) => JQueryEvents }
  jQuery?.(document.body).on('added_to_cart', (_event, _fragments, _hash, button) => {
    void tracker.track('add_to_cart', itemOf((button as ArrayLike<HTMLElement> | undefined)?.[0]))
  })
  document.body.addEventListener('wc-blocks_added_to_cart', ({ target }) => {
    void tracker.track('add_to_cart', itemOf(target instanceof window.HTMLElement ? target : undefined))
  })
}

function itemOf(button: HTMLElement | undefined): { readonly item_id?: string } {
  const id = button?.dataset.product_id ?? button?.dataset.productId
  return id === undefined ? {} : { item_id: id }
}
