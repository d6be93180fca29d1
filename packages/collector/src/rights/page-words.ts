import type { NamedPurpose } from './summarise-record.ts'

/** What the page says; a site may say it otherwise, or in another language. */
export interface MyDataWords {
  readonly title: string
  readonly intro: string
  readonly nothing: string
  readonly nobody: string
  readonly back: string
  readonly allowed: string
  readonly allowedNothing: string
  readonly purposes: { readonly [P in NamedPurpose]: string }
  readonly firstSeen: string
  readonly lastSeen: string
  readonly actions: string
  readonly when: string
  readonly what: string
  /** `{days}` is how many days are not shown. */
  readonly earlier: string
  /** Name of an event → what it means; one that is not named is shown as programmers wrote it, without `_`. */
  readonly events: { readonly [name: string]: string }
  readonly told: string
  /** Trait → what visitors know it by; one that is not named is shown as programmers wrote it, without `_`. */
  readonly traits: { readonly [trait: string]: string }
  readonly yes: string
  readonly no: string
  /** `{count}` is how many. */
  readonly rejected: string
  readonly download: string
  readonly downloadWhy: string
  readonly erase: string
  readonly eraseWhy: string
  readonly eraseSure: string
  readonly erased: string
  readonly erasedWhy: string
  readonly refused: string
  readonly refusedWhy: string
  readonly again: string
  readonly trouble: string
  readonly troubleWhy: string
}

/** What the page says by itself. */
export const WORDS: MyDataWords = {
  title: 'Your data',
  intro:
    'This is what this site keeps about this browser. It is kept under a number, not under your name. Nobody sees this page but whoever uses this browser.',
  nothing: 'Nothing is kept about this browser.',
  nobody:
    'This browser has no number of ours, so there is nothing that we could find. If you took a permission back earlier, what was kept until then cannot be matched to you any more; it is deleted when its time is over.',
  back: 'Back to the site',
  allowed: 'What you allow',
  allowedNothing: 'Nothing but what the site cannot work without.',
  purposes: {
    preferences: 'Remembering what you look at, to show you what fits',
    'statistics-anonymous': 'Counting without recognising you',
    statistics: 'Counting what is seen and clicked',
    marketing: 'Advertising',
  },
  firstSeen: 'First seen',
  lastSeen: 'Last seen',
  actions: 'What you did',
  when: 'Day',
  what: 'What was kept',
  earlier: 'And {days} earlier days: the download has them.',
  events: {
    page_view: 'page opened',
    view_item: 'product looked at',
    view_item_list: 'list of products looked at',
    select_item: 'product chosen from a list',
    user_engagement: 'time spent on a page',
    scroll: 'page scrolled',
    search: 'search',
    select_content: 'something clicked',
    exposure: 'chosen content shown',
    identify: 'something told about you',
    add_to_cart: 'put into the cart',
    remove_from_cart: 'taken out of the cart',
    add_to_wishlist: 'put on the wish list',
    begin_checkout: 'checkout begun',
    purchase: 'purchase',
    form_start: 'form begun',
    form_submit: 'form sent',
    video_start: 'video started',
    video_progress: 'video watched',
    share: 'something shared',
    sign_up: 'sign-up',
    login: 'sign-in',
    email_open: 'mail opened',
  },
  told: 'What you told us',
  traits: {},
  yes: 'yes',
  no: 'no',
  rejected:
    'Messages of this browser that could not be taken and are put aside: {count}. The download has them.',
  download: 'Download',
  downloadWhy: 'Everything that is kept, to the last detail, as a file (JSON).',
  erase: 'Delete everything',
  eraseWhy:
    'All of the above is deleted at once and for good, and this browser’s number with it. What you allow stays as it is: what you do afterwards is kept anew, under another number, until you take that back. The site keeps a record, without your number, of what you allowed and when: the law asks it to.',
  eraseSure: 'Yes, delete it. I know that nobody can bring it back.',
  erased: 'Deleted',
  erasedWhy: 'Everything that was kept about this browser is gone, and its number with it.',
  refused: 'That did not work',
  refusedWhy:
    'The buttons work for 15 minutes after their page was opened, and the one that deletes works once.',
  again: 'Open the page anew',
  trouble: 'Not just now',
  troubleWhy: 'This cannot be answered at the moment. Nothing was changed. Please try again in a minute.',
}
