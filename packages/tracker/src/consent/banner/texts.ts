import type { Purpose } from '../purpose.ts'

/** Every text of the banner; a site replaces those it wants to say otherwise, in its own language. */
export interface ConsentTexts {
  readonly title: string
  readonly text: string
  readonly privacy: string
  readonly accept: string
  readonly refuse: string
  readonly choose: string
  readonly choicesTitle: string
  readonly choicesText: string
  /** Stands in the choices of who allowed something, where the site has a page of what is kept of them; `{data}` becomes the link there. */
  readonly dataText: string
  readonly data: string
  readonly save: string
  readonly close: string
  readonly saved: string
  /** Shown while the browser objects. */
  readonly objection: string
  /** Stands in for `objection` in the choices once the visitor said yes in spite of it. */
  readonly overruled: string
  /** Stands in for `accept` while the browser objects. */
  readonly acceptAnyway: string
  /** What is always on. */
  readonly functional: string
  readonly functionalText: string
  readonly purposes: { readonly [P in Purpose]: { readonly name: string; readonly text: string } }
}

/** What stands there unless a site says otherwise. */
export const ENGLISH: ConsentTexts = {
  title: 'May we remember your visit?',
  text: 'With your permission this site remembers what you look at, to show you what fits and to learn what is used. You can say no, and change your mind at any time.',
  privacy: 'Privacy policy',
  accept: 'Allow all',
  refuse: 'Refuse all',
  choose: 'Choose',
  choicesTitle: 'Your choices',
  choicesText:
    'What you turn off is not used any more from the next page on. What was kept until then is deleted when its time is over.',
  dataText: 'To have what is kept deleted at once, go to {data} before you turn anything off.',
  data: 'Your data',
  save: 'Save choices',
  close: 'Close without saving',
  saved: 'Your choice is saved.',
  objection:
    'Opt-out honoured: your browser asks sites not to track you or sell your data. Personalising and marketing stay off here, unless you turn them on yourself.',
  overruled:
    'You allowed this in spite of your browser’s signal, which asks sites not to track you or sell your data. What is ticked here stays on until you turn it off.',
  acceptAnyway: 'Allow all anyway',
  functional: 'Needed',
  functionalText: 'Keeps the site working, and remembers this choice. Always on.',
  purposes: {
    preferences: { name: 'Personalising', text: 'Shows you what fits what you looked at here.' },
    statistics: {
      name: 'Statistics',
      text: 'Tells us which pages are used, by a random number for your browser.',
    },
    'statistics-anonymous': {
      name: 'Anonymous statistics',
      text: 'Counts visits without telling them apart.',
    },
    marketing: { name: 'Marketing', text: 'Lets what you do here count for advertising.' },
  },
}

/** Puts a site's own texts, as JSON, over the English ones. What is no text, or no JSON, changes nothing. */
export function readTexts(json: string | null): ConsentTexts {
  try {
    return over(ENGLISH, JSON.parse(json ?? '{}'))
  } catch {
    return ENGLISH
  }
}

function over<T extends object>(base: T, given: unknown): T {
  if (typeof given !== 'object' || given === null) return base
  const said = given as Readonly<Record<string, unknown>>
  const merged = Object.entries(base).map(([name, value]) => {
    const own = Object.hasOwn(said, name) ? said[name] : undefined
    if (typeof value === 'string') return [name, typeof own === 'string' ? own : value]
    return [name, over(value, own)]
  })
  // The same members, of the same shapes.
  return Object.fromEntries(merged) as T
}
