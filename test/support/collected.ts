import type { Page } from 'playwright-core'

/**
 * Resolves when the collector took a batch that holds this text, such as `"name":"add_to_cart"`. A page that is left sends a batch of its own, so
 * the next answer alone says little.
 */
export async function collected(page: Page, text: string): Promise<void> {
  await page.waitForResponse(
    (answer) => answer.ok() && (answer.request().postData()?.includes(text) ?? false),
  )
}

/** Opens the page of a product of the shop, and waits until the collector took that it was looked at. */
export async function lookAtProduct(page: Page, origin: string, product: string): Promise<void> {
  const taken = collected(page, `"item_id":"${product}"`)
  await page.goto(`${origin}/product/${product}`)
  await taken
}
