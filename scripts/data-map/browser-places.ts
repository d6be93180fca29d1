import { NOBODY, type StoredPlace } from './stored-place.ts'

const WITHDRAWN = 'withdrawing consent deletes it at once'
const VISITS =
  '`statistics` or `preferences`, where no collector hears of them `preferences` alone: counting visits and how they came; conditions read it with `preferences` alone'
const VISITS_ERASED = 'taking back both deletes it at once'
const CLEARED = 'the answer to the next request after withdrawal clears it'

/** What lies in the visitor's browser: the visitor can look at it and delete it. */
export const BROWSER_PLACES: readonly StoredPlace[] = [
  {
    id: 'cookies',
    title: 'Cookies',
    where: 'First party; HttpOnly ones are called `__Host-…` by https.',
    about: 'visitor',
    purpose: '`preferences`: choosing content',
    retention: 'as named',
    erase: CLEARED,
    fields: [
      {
        name: 'attune_visitor',
        holds:
          'the visitor’s id, 128 random bits, or of whoever signed in an HMAC of the site’s own user id, and that it is one; signed; HttpOnly',
        retention: '400 days',
      },
      {
        name: 'attune_token',
        holds: 'what conditions need of the [profile](#profile), signed; HttpOnly',
        retention: '24 hours',
      },
      { name: 'attune_pin', holds: 'what the open page showed, signed; HttpOnly', retention: 'the session' },
      {
        name: 'attune_program',
        holds: 'that the browser behaves like a program, bound to the visitor’s id, signed; HttpOnly',
        purpose: '`preferences`: keeping programs out of what is counted',
        retention: '24 hours',
      },
      {
        name: 'attune_left',
        holds: 'when somebody signed out here; HttpOnly',
        purpose: '`functional`: keeping what one person did from becoming the next one’s',
        retention: '400 days',
        erase: 'the next sign-in deletes it',
      },
      {
        name: 'attune_gone',
        holds: 'when somebody signed out, logged out or was erased here; scripts may read it',
        purpose: '`functional`: forgetting what the browser keeps of them',
        retention: '400 days',
        erase: 'tells of nobody who is here; the next of its kind replaces it',
      },
      {
        name: 'attune_since',
        holds: 'when somebody signed out before who is signed in here now; HttpOnly',
        purpose: '`functional`: keeping what one person did from becoming the next one’s',
        retention: '72 hours from the sign-out',
      },
      {
        name: 'attune_consent',
        holds: 'which purposes are granted',
        purpose: '`functional`: the answer itself',
        retention: '180 days',
        erase: 'answering anew replaces it',
      },
      {
        name: 'attune_session',
        holds: 'number of the session, page views in it, when it began and last lived',
        purpose: VISITS,
        retention: '180 days after the last sign of life; after 30 minutes it is the next session',
        erase: VISITS_ERASED,
      },
      {
        name: 'attune_k',
        holds: 'of up to 32 key segments whether the visitor is in them, where a page cache keys on it',
        retention: 'as long as its answers hold, at most a day',
        erase: WITHDRAWN,
      },
      {
        name: 'attune_preview',
        holds: 'a signed permission to preview; HttpOnly',
        about: 'staff',
        purpose: '`functional`: looking at the site as somebody else',
        retention: 'as long as the link, at most a week',
        erase: 'ending the preview deletes it',
      },
      {
        name: 'attune_preview_on',
        holds: 'that a preview is on',
        about: 'staff',
        purpose: '`functional`: showing the overlay',
        retention: 'as the preview',
        erase: 'ending the preview deletes it',
      },
    ],
  },
  {
    id: 'browser',
    title: 'Browser storage',
    where: '`localStorage` and `sessionStorage` of the site; each name may have the site’s scope after it.',
    about: 'visitor',
    purpose: '`preferences`: choosing content',
    retention: 'until consent is withdrawn or the browser clears it',
    erase: WITHDRAWN,
    fields: [
      {
        name: 'attune_queue',
        holds: 'sessionStorage: events that are not sent yet',
        purpose: 'that of the events',
        retention: 'until they are sent, at most the session',
      },
      {
        name: 'attune_profile',
        holds: 'localStorage: profile and recent events, where no server keeps them',
        retention: '`retention` of the ruleset',
      },
      {
        name: 'attune_touches',
        holds: 'localStorage: first and last campaign, referrer’s host and landing path',
        purpose: VISITS,
        erase: VISITS_ERASED,
      },
      {
        name: 'attune_known',
        holds: 'localStorage: what the pages to come show, on WordPress behind a cache',
        retention: 'until the next page works it out anew',
      },
      {
        name: 'attune_told',
        holds: 'localStorage: which purchase was told last, on WordPress',
        purpose: 'telling it once',
      },
      {
        name: 'attune_erased',
        holds: 'localStorage: when whoever was here before was erased, on WordPress',
        purpose: '`functional`: forgetting them once',
      },
      {
        name: 'attune_heeded',
        holds:
          'localStorage: the `attune_gone` for which whoever was here before was forgotten, on WordPress',
        purpose: '`functional`: forgetting them once',
      },
    ],
  },
  {
    id: 'memory',
    title: 'Memory of a process',
    where: 'Never on a disk, gone with the process.',
    about: 'visitor',
    purpose: 'answering quickly, and refusing floods',
    retention: 'as named',
    erase: 'ends by itself, at the latest with the process',
    fields: [
      {
        name: 'recent profiles',
        holds: 'profiles read lately, by visitor',
        retention: 'seconds, a bounded number',
      },
      {
        name: 'rate limits',
        holds: 'how much came from an address block or visitor, under keyed hashes',
        retention: 'minutes',
      },
      {
        name: 'behaviour',
        holds: 'how quickly a visitor’s events come',
        retention: 'half an hour, that it was a program’s a day; a bounded number',
      },
      { name: 'metrics', holds: 'numbers by closed lists of words', ...NOBODY, retention: 'the process' },
    ],
  },
]
