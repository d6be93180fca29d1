import type { Facts, MakeMutation } from './mutations.ts'

type Spell = (path: string, facts: Facts) => string

const below = (path: string): string => (path === '/' ? '' : path)
const encodeAll = (text: string): string =>
  text.replace(/[a-z]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`)

const SPELLINGS: readonly Spell[] = [
  // How Next.js asks for the data of a page.
  (path) => `${path === '/' ? '/index' : path}.rsc`,
  (path) => `${path}.rsc`,
  (path) => `${path}.RSC`,
  (path) => `${path === '/' ? '/index' : path}.txt`,
  (path) => `${path}.prefetch.rsc`,
  ...['_tree', '_full', '_index', '__PAGE__', 'attune/$d$code/__PAGE__', '_head'].flatMap(
    (segment): Spell[] => [
      (path) => `${path === '/' ? '/index' : path}.segments/${segment}.segment.rsc`,
      (path) => `${path}.segments/${segment}.segment`,
      (path) => `${path}.segments%2f${segment}.segment.rsc`,
    ],
  ),
  (path, { buildId }) => `/_next/data/${buildId}${path === '/' ? '/index' : path}.json`,
  (path, { buildId }) => `/_next/data/${buildId}/attune/x${below(path)}.json`,
  (path) => `/_next/data/other${path === '/' ? '/index' : path}.json`,
  (path, { buildId }) => `/_next/data/${buildId}${path}.json.rsc`,
  (path) => `/en${path}`,
  (path) => `/default${path}`,
  (path) => `${below(path)}/index.html`,
  (path) => `${below(path)}/page.js`,
  // Slashes.
  (path) => `${path}/`,
  (path) => `/${path}`,
  (path) => `//${path}`,
  (path) => path.replaceAll('/', '//'),
  (path) => path.replaceAll('/', '\\'),
  (path) => `/\\${path.slice(1)}`,
  (path) => `/%5c${path.slice(1)}`,
  (path) => `/%2f${path.slice(1)}`,
  (path) => `/%252f${path.slice(1)}`,
  (path) => `/${path.slice(1).replaceAll('/', '%2F')}`,
  (path) => `/${path.slice(1).replaceAll('/', '%5C')}`,
  // Dots.
  (path) => `/.${path}`,
  (path) => `/x/..${path}`,
  (path) => `/privacy/..${path}`,
  (path) => `/%2e${path}`,
  (path) => `/x/%2e%2e${path}`,
  (path) => `/x/..%2f${path.slice(1)}`,
  (path) => `/x/%252e%252e${path}`,
  (path) => `/_next/..${path}`,
  (path) => `/_next/static/..%2f..${path}`,
  (path) => `/_next/static/%2e%2e/%2e%2e${path}`,
  (path) => `${path}.`,
  (path) => `${path}..`,
  (path) => `${below(path)}/.`,
  (path) => `${below(path)}/..`,
  (path) => `${path}%2e`,
  // Letters.
  (path) => path.toUpperCase(),
  (path) => path.replace(/[a-z]/, (letter) => letter.toUpperCase()),
  encodeAll,
  (path) => encodeAll(path).replaceAll('%', '%25'),
  (path) => path.replace(/o/, '%C3%B6'),
  (path) => path.replace(/[a-z]/, '%FF'),
  // What ends a path for one and not for another.
  ...[
    ';',
    ';x',
    ';x.css',
    '%3b',
    '%00',
    '%00.css',
    '%0a',
    '%0d%0a',
    '%09',
    '%20',
    '%23',
    '%3f',
    '#',
    '#x',
    '!',
    '~',
    '&',
    '|',
    '*',
    ':',
    '@',
    ',',
    '$',
  ].map(
    (end): Spell =>
      (path) =>
        path + end,
  ),
  ...[
    '.css',
    '.js',
    '.png',
    '.json',
    '.html',
    '.ico',
    '.svg',
    '/x.css',
    '/x.js',
    '/favicon.ico',
    '/robots.txt',
  ].map(
    (end): Spell =>
      (path) =>
        below(path) + end,
  ),
  // Parts of a route said in the query.
  ...[
    '',
    '_rsc=x',
    '_rsc=',
    '_rsc=1&_rsc=2',
    'amp=1',
    '__nextDataReq=1',
    '__nextLocale=en',
    '__nextDefaultLocale=x',
    'code=x',
    'slug=x',
    'nxtPcode=x',
    'nxtPslug=trail-boots',
    'nxtIcode=x',
    '%6exP=1',
    'x.css',
    'a[__proto__]=1',
    '%ff',
    'utm_source=a&utm_source=b',
    '__next_preview=1',
    'x='.padEnd(3_000, 'y'),
  ].map(
    (query): Spell =>
      (path) =>
        `${path}?${query}`,
  ),
  (path, { internalPaths }) => `${path}?code=${internalPaths[0]!.slice(8)}`,
  (path, { internalPaths }) => `${path}?nxtPcode=${internalPaths[0]!.slice(8)}`,
  (path, { internalPaths }) => `${path}?nxtPcode=${internalPaths[1]!.slice(8)}&_rsc=1`,
  (path) => `http://evil.example${path}`,
  (path, { canaryPort }) => `http://127.0.0.1:${canaryPort}${path}`,
  (path, { canaryPort }) => `//127.0.0.1:${canaryPort}${path}`,
  (path, { canaryPort }) => `/http://127.0.0.1:${canaryPort}${path}`,
  (path, { canaryPort }) => `/@127.0.0.1:${canaryPort}${path}`,
  (_, { canaryPort }) =>
    `/_next/image?url=${encodeURIComponent(`http://127.0.0.1:${canaryPort}/x.png`)}&w=64&q=75`,
]

/** Each page in each spelling, and each internal path of somebody's page in each. */
export function pathMutations(facts: Facts): readonly MakeMutation[] {
  const ofPages = SPELLINGS.map(
    (spell): MakeMutation =>
      (target, method) => ({ target, method, path: sendable(spell(target, facts)), headers: [] }),
  )
  const ofPaths = facts.internalPaths.flatMap((internal) =>
    [(path: string) => path, ...SPELLINGS].map(
      (spell): MakeMutation =>
        (target, method) => ({
          target,
          method,
          path: sendable(spell(internal + below(target), facts)),
          headers: [],
        }),
    ),
  )
  return [...ofPages, ...ofPaths]
}

// A path begins with a slash or names a scheme; a request line has no other.
function sendable(path: string): string {
  return path.startsWith('/') || path.startsWith('http://') ? path : `/${path}`
}
