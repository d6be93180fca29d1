import { __ } from '@wordpress/i18n'

/** An event in the words of who does it, and its name; an event of the site's own is called by its name. */
export function eventWords(event: string): string {
  const words = KNOWN[event]
  return words === undefined ? event : `${words()} (${event})`
}

const KNOWN: Readonly<Record<string, () => string>> = {
  page_view: () => __('viewed a page', 'attune'),
  view_item: () => __('viewed an item', 'attune'),
  view_item_list: () => __('viewed a list of items', 'attune'),
  add_to_cart: () => __('put into the cart', 'attune'),
  remove_from_cart: () => __('took out of the cart', 'attune'),
  view_cart: () => __('viewed the cart', 'attune'),
  begin_checkout: () => __('began to check out', 'attune'),
  purchase: () => __('bought', 'attune'),
  search: () => __('searched', 'attune'),
  view_search_results: () => __('searched on the site', 'attune'),
  session_start: () => __('began a visit', 'attune'),
  form_start: () => __('began to fill in a form', 'attune'),
  form_submit: () => __('sent a form', 'attune'),
  form_abandon: () => __('left a form unsent', 'attune'),
  video_start: () => __('began to watch a video', 'attune'),
  video_progress: () => __('watched part of a video', 'attune'),
  video_complete: () => __('watched a video to its end', 'attune'),
  share: () => __('shared something', 'attune'),
  add_to_wishlist: () => __('put onto the wish list', 'attune'),
  scroll: () => __('scrolled down', 'attune'),
  select_content: () => __('clicked on something', 'attune'),
  user_engagement: () => __('stayed on a page', 'attune'),
  exposure: () => __('saw a variant', 'attune'),
  identify: () => __('told something of themselves', 'attune'),
  login: () => __('logged in', 'attune'),
  sign_up: () => __('signed up', 'attune'),
}
