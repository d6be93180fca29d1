import { TARGETS } from './mutations.ts'

/** Where the shop says things that are one visitor's, and the pages that are. */
export const ENDPOINTS = [
  '/attune/explain',
  '/attune/explain?path=/',
  '/attune/collect',
  '/attune/collect/profile',
  '/attune/preview',
] as const
const PERSONAL_PAGES = TARGETS.filter((path) => path !== '/privacy')

const DELIMITERS = [
  '/',
  ';',
  '%3b',
  '%2f',
  '%5c',
  '%00',
  '%0a',
  '%09',
  '%20',
  '%23',
  '%3f',
  '?',
  '!',
  '~',
  '.',
  '..',
  '%2e',
  '$',
  '@',
  ',',
  ':',
  '&',
  '|',
  '//',
  '/./',
  '/../',
  '%2f..%2f',
  '/%2e%2e/',
  '\\',
  '',
]
const FILES = [
  'x.css',
  'x.js',
  'x.png',
  'favicon.ico',
  'robots.txt',
  '.css',
  '.js',
  '.ico',
  'x.css/',
  'x.css%00',
  'index.html',
]
const BEFORE = [
  '/_next/static/..',
  '/_next/static/%2e%2e',
  '/x.css/..',
  '/x.css/%2e%2e',
  '/favicon.ico/..%2f',
  '/',
  '//',
  '/./',
  '/%2e/',
  '/\\',
  '/x.css;/..',
]

/** Spellings by which a cache could take something personal for a file: some 340 of each address. */
export function deceptionsOf(address: string): readonly string[] {
  const [path = '', query] = address.split('?')
  const search = query === undefined ? '' : `?${query}`
  const after = DELIMITERS.flatMap((delimiter) => FILES.map((file) => `${path}${delimiter}${file}${search}`))
  const before = BEFORE.map((start) => `${start}${path}${search}`)
  return [...new Set([...after, ...before, `${path.toUpperCase()}${search}`, address])]
}

/** Every spelling of every endpoint, and of every page that shows what is one visitor's. */
export function allDeceptions(): readonly string[] {
  return [...ENDPOINTS, ...PERSONAL_PAGES].flatMap(deceptionsOf)
}
