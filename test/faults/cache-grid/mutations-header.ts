import type { Facts, MakeMutation } from './mutations.ts'

/** What Next.js says to itself, of itself or through what stands before it. */
export const INTERNAL_HEADERS: readonly string[] = [
  'x-middleware-rewrite',
  'x-middleware-redirect',
  'x-middleware-next',
  'x-middleware-skip',
  'x-middleware-cache',
  'x-middleware-prefetch',
  'x-middleware-invoke',
  'x-middleware-set-cookie',
  'x-middleware-override-headers',
  'x-middleware-request-cookie',
  'x-middleware-subrequest',
  'x-middleware-subrequest-id',
  'x-invoke-path',
  'x-invoke-query',
  'x-invoke-status',
  'x-invoke-output',
  'x-matched-path',
  'x-now-route-matches',
  'x-nextjs-data',
  'x-next-resume-state-length',
  'x-next-revalidated-tags',
  'x-next-revalidate-tag-token',
  'x-prerender-revalidate',
  'x-prerender-revalidate-if-generated',
  'x-action-forwarded',
  'next-resume',
]

// By these a browser asks for data, or they are only ever said in answers.
const OF_NAVIGATION = [
  'rsc',
  'next-router-prefetch',
  'next-router-segment-prefetch',
  'next-router-state-tree',
  'next-url',
  'next-action',
  'next-hmr-refresh',
  'x-nextjs-rewritten-path',
  'x-nextjs-rewritten-query',
  'x-nextjs-html-request-id',
  'x-nextjs-postponed',
  'x-next-cache-tags',
  'x-prerender-bypass-mode',
  'x-middleware-request-x-attune',
]

const OF_PROXIES = [
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-forwarded-for',
  'x-forwarded-prefix',
  'x-forwarded-path',
  'x-forwarded-uri',
  'x-forwarded-server',
  'forwarded',
  'x-host',
  'x-original-url',
  'x-original-host',
  'x-rewrite-url',
  'x-http-method-override',
  'x-real-ip',
  'x-vercel-ip-country',
  'x-vercel-id',
  'cf-ipcountry',
  'via',
]

const OF_BROWSERS = [
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-purpose',
  'purpose',
  'origin',
  'referer',
  'accept',
  'accept-language',
  'user-agent',
  'content-type',
  'authorization',
  'cache-control',
  'pragma',
  'x-requested-with',
  'x-attune-variant',
  'attune-segment',
]

/** Every header of them with every value, and the host in many spellings. */
export function headerMutations(facts: Facts): readonly MakeMutation[] {
  const named = [...INTERNAL_HEADERS, ...OF_NAVIGATION, ...OF_PROXIES, ...OF_BROWSERS].flatMap((name) =>
    [...values(facts), ...(FITTING[name] ?? [])].map((value) => [name, value] as const),
  )
  const made = [
    ...named.map((header) => [header]),
    ...hosts(facts).map((host) => [['host', host] as const]),
    ...TOGETHER,
  ]
  return made.map(
    (headers): MakeMutation =>
      (target, method) => ({ target, method, path: target, headers }),
  )
}

function values({ canaryPort, internalPaths }: Facts): readonly string[] {
  return [
    '',
    '1',
    'true',
    ...internalPaths,
    `http://127.0.0.1:${canaryPort}/taken`,
    `127.0.0.1:${canaryPort}`,
    'proxy:proxy:proxy:proxy:proxy',
    '../../attune/x',
    '%00',
    'x'.repeat(2_000),
  ]
}

/** What Next.js itself would send, so that the request goes as far as it can. */
const FITTING: { readonly [name: string]: readonly string[] | undefined } = {
  'next-router-prefetch': ['2', '3'],
  'next-router-segment-prefetch': ['/_tree', '/_full', '/__PAGE__', '/_index', '/attune/$d$code/__PAGE__'],
  'next-router-state-tree': [
    encodeURIComponent('["",{"children":["__PAGE__",{},null,null]},null,"refetch"]'),
    encodeURIComponent('["",{"children":["privacy",{"children":["__PAGE__",{}]}]},null,null,16]'),
  ],
  'x-forwarded-proto': ['http', 'https', 'https,http', 'javascript'],
  'x-forwarded-host': ['evil.example', 'evil.example, localhost'],
  'x-http-method-override': ['PURGE', 'DELETE', 'PUT'],
  'x-vercel-ip-country': ['GB', 'DE'],
  'x-middleware-subrequest': ['src/proxy:src/proxy:src/proxy:src/proxy:src/proxy', 'middleware'],
  'sec-fetch-dest': ['empty', 'document', 'image', 'script'],
  'sec-fetch-mode': ['cors', 'no-cors'],
  'sec-purpose': ['prefetch', 'prefetch;prerender'],
  accept: ['text/x-component', 'image/*', 'application/json'],
  'cache-control': ['no-cache', 'no-store', 'only-if-cached', 'max-age=0'],
  pragma: ['no-cache'],
  'content-type': ['text/x-component', 'multipart/form-data; boundary=x', 'application/json'],
  'next-action': ['0'.repeat(42)],
}

/** What works, where it does, only in company. */
const TOGETHER = [
  [
    ['rsc', '1'],
    ['next-router-prefetch', '1'],
  ],
  [
    ['rsc', '1'],
    ['next-router-prefetch', '1'],
    ['next-router-segment-prefetch', '/_tree'],
  ],
  [
    ['rsc', '1'],
    ['next-router-prefetch', '1'],
    ['next-router-segment-prefetch', '/_full'],
  ],
  [
    ['rsc', '1'],
    ['next-router-state-tree', FITTING['next-router-state-tree']![0]!],
    ['next-url', '/'],
  ],
  [
    ['rsc', '1'],
    ['sec-fetch-dest', 'empty'],
    ['sec-fetch-mode', 'cors'],
  ],
  [
    ['x-nextjs-data', '1'],
    ['x-middleware-prefetch', '1'],
  ],
  [
    ['x-middleware-override-headers', 'cookie'],
    ['x-middleware-request-cookie', 'attune_consent=preferences'],
  ],
  [
    ['next-resume', '1'],
    ['x-matched-path', '/attune/[code]'],
  ],
  [
    ['x-prerender-revalidate', 'x'],
    ['x-prerender-revalidate-if-generated', '1'],
  ],
] as const

function hosts({ canaryPort }: Facts): readonly string[] {
  return [
    'evil.example',
    'EVIL.example:80',
    'evil.example.',
    `127.0.0.1:${canaryPort}`,
    `localhost:${canaryPort}`,
    `user@127.0.0.1:${canaryPort}`,
    '[::1]',
    `[::1]:${canaryPort}`,
    '[::ffff:127.0.0.1]',
    'xn--nxasmq6b',
    'a'.repeat(200),
    'localhost',
    'LOCALHOST',
    '127.1',
    '0',
    '2130706433',
    '..',
    '-',
    'a_b.example',
  ]
}
