import { WORDPRESS } from './wordpress-address.ts'

/** The tag of everything that WordPress answered: what it says has changed is asked anew. */
export const CONTENT = 'wordpress'
/** Seconds after which an answer is looked at again, should nobody have said that it changed. */
const SECONDS = 300

/**
 * Asks WordPress's REST interface, such as `/wp/v2/pages`, and keeps the answer for all pages.
 * @throws when WordPress does not answer; Next then keeps the page that it has.
 */
export async function askWordPress(path: string): Promise<Response> {
  const response = await fetch(`${WORDPRESS}/wp-json${path}`, {
    next: { tags: [CONTENT], revalidate: SECONDS },
  })
  if (!response.ok) throw new Error(`WordPress answered ${response.status} for ${path}.`)
  return response
}
