const MOST = 500

type Patterns = readonly (readonly [pattern: RegExp, shown: string])[]

// Who may go there, in a URL.
const USER: Patterns[number] = [/\b([a-z][a-z\d+.-]{0,30}:\/\/)[^\s/@]{1,256}@/gi, '$1[user]@']
// What follows a question mark may be anything.
const QUERY: Patterns[number] = [/(\/[^\s?"'<>]*)\?[^\s"'<>]*/g, '$1?[query]']
const ADDRESSES: Patterns = [
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '[address]'],
  [
    /(?<![\p{L}\p{N}:])(?=[\da-f:]*::|(?:[\da-f]{1,4}:){7})[\da-f:]{2,39}(?:[\d.]{7,15})?(?:%\w+)?/giu,
    '[address]',
  ],
]

// In this order: what one takes out, none after it looks at.
const PERSONAL: Patterns = [
  // What an engine quotes is what it could not read.
  [/".*"/gs, '"…"'],
  USER,
  [/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,253}/gu, '[mail]'],
  ...ADDRESSES,
  QUERY,
  // 128 random bits, as visitors and events are named by.
  [/(?<![\w-])~?[\w-]{22}(?![\w-])/g, '[id]'],
  // Other random ids have digits and letters mixed, words do not.
  [/(?<![\w-])~?(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{16,}(?![\w-])/g, '[id]'],
  [/(?<![\w-])\d{9,}(?![\w-])/g, '[id]'],
]

/** Takes out of a message what may name a person (ids, addresses, mails, queries) or open a door, and cuts it at 500 characters. */
export function redact(text: string): string {
  return clean(text, PERSONAL)
}

/**
 * Takes out of what is said of a ruleset addresses and what may open a door, and cuts it at 500 characters. It names no person: the file, path
 * and value of a finding stay.
 */
export function redactRuleset(text: string): string {
  return clean(text, [USER, ...ADDRESSES, QUERY])
}

function clean(text: string, patterns: Patterns): string {
  let shown = text.length > 4 * MOST ? text.slice(0, 4 * MOST) : text
  for (const [pattern, mark] of patterns) shown = shown.replace(pattern, mark)
  return shown.length > MOST ? `${shown.slice(0, MOST).toWellFormed()}…` : shown
}
