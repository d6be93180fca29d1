/** How one event is said: what the visitor did, would do, and what one or many of them are called. */
export interface EventWords {
  /** "viewed an item". */
  readonly past: string
  /** "view an item", after "did not". */
  readonly base: string
  /** "item view". */
  readonly one: string
  /** "item views". */
  readonly many: string
  /** "view of *", where the star stands for what the item is: "view of hiking". */
  readonly of?: readonly [one: string, many: string]
}

type Row = readonly [past: string, base: string, one: string, many?: string]

// GA4's recommended and automatic events, and Attune's own.
const ROWS: { readonly [event: string]: Row } = {
  add_payment_info: ['gave payment details', 'give payment details', 'entry of payment details'],
  add_shipping_info: ['gave shipping details', 'give shipping details', 'entry of shipping details'],
  add_to_cart: ['added to the cart', 'add to the cart', 'addition to the cart', 'additions to the cart'],
  add_to_wishlist: [
    'added to the wishlist',
    'add to the wishlist',
    'addition to the wishlist',
    'additions to the wishlist',
  ],
  begin_checkout: ['began to check out', 'begin to check out', 'checkout begun', 'checkouts begun'],
  click: ['followed a link out', 'follow a link out', 'outbound click'],
  earn_virtual_currency: ['earned virtual currency', 'earn virtual currency', 'virtual currency reward'],
  exposure: ['saw a variant', 'see a variant', 'variant seen', 'variants seen'],
  file_download: ['downloaded a file', 'download a file', 'file download'],
  first_visit: ['came for the first time', 'come for the first time', 'first visit'],
  form_start: ['began a form', 'begin a form', 'form begun', 'forms begun'],
  form_submit: ['sent a form', 'send a form', 'form sent', 'forms sent'],
  generate_lead: ['asked to be contacted', 'ask to be contacted', 'lead'],
  join_group: ['joined a group', 'join a group', 'group joined', 'groups joined'],
  level_end: ['ended a level', 'end a level', 'level ended', 'levels ended'],
  level_start: ['started a level', 'start a level', 'level started', 'levels started'],
  level_up: ['reached a new level', 'reach a new level', 'level reached', 'levels reached'],
  login: ['logged in', 'log in', 'login'],
  page_view: ['viewed a page', 'view a page', 'page view'],
  post_score: ['posted a score', 'post a score', 'score posted', 'scores posted'],
  purchase: ['bought', 'buy', 'purchase'],
  refund: ['got a refund', 'get a refund', 'refund'],
  remove_from_cart: [
    'removed from the cart',
    'remove from the cart',
    'removal from the cart',
    'removals from the cart',
  ],
  scroll: ['scrolled down', 'scroll down', 'scroll'],
  search: ['searched', 'search', 'search', 'searches'],
  select_content: ['chose some content', 'choose any content', 'choice of content', 'choices of content'],
  select_item: ['chose an item', 'choose an item', 'item choice'],
  select_promotion: ['chose a promotion', 'choose a promotion', 'promotion choice'],
  session_start: ['began a visit', 'begin a visit', 'visit begun', 'visits begun'],
  share: ['shared something', 'share anything', 'share'],
  sign_up: ['signed up', 'sign up', 'sign-up'],
  spend_virtual_currency: ['spent virtual currency', 'spend virtual currency', 'virtual currency payment'],
  tutorial_begin: ['began a tutorial', 'begin a tutorial', 'tutorial begun', 'tutorials begun'],
  tutorial_complete: ['finished a tutorial', 'finish a tutorial', 'tutorial finished', 'tutorials finished'],
  unlock_achievement: ['unlocked an achievement', 'unlock an achievement', 'achievement'],
  user_engagement: ['stayed on a page', 'stay on a page', 'page stay'],
  video_complete: [
    'watched a video to its end',
    'watch a video to its end',
    'video finished',
    'videos finished',
  ],
  video_progress: ['watched part of a video', 'watch part of a video', 'video watched', 'videos watched'],
  video_start: ['started a video', 'start a video', 'video started', 'videos started'],
  view_cart: ['viewed the cart', 'view the cart', 'cart view'],
  view_item: ['viewed an item', 'view an item', 'item view'],
  view_item_list: ['viewed a list of items', 'view a list of items', 'list view'],
  view_promotion: ['saw a promotion', 'see a promotion', 'promotion view'],
  view_search_results: ['viewed search results', 'view search results', 'search result view'],
}

const OF: { readonly [event: string]: readonly [one: string, many: string] } = {
  add_to_cart: ['addition of * to the cart', 'additions of * to the cart'],
  add_to_wishlist: ['addition of * to the wishlist', 'additions of * to the wishlist'],
  purchase: ['purchase of *', 'purchases of *'],
  remove_from_cart: ['removal of * from the cart', 'removals of * from the cart'],
  select_item: ['choice of *', 'choices of *'],
  view_item: ['view of *', 'views of *'],
}

/** The words of an event; one without words of its own is named as it is: `did "custom_event"`. */
export function eventWords(event: string): EventWords {
  const name = JSON.stringify(event)
  const [past, base, one, many = `${one}s`] = Object.hasOwn(ROWS, event)
    ? ROWS[event]!
    : ([`did ${name}`, `do ${name}`, `${name} event`] satisfies Row)
  return { past, base, one, many, ...(Object.hasOwn(OF, event) ? { of: OF[event]! } : {}) }
}
