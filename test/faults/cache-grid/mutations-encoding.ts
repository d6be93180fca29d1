import type { MakeMutation } from './mutations.ts'

const HEADERS: readonly (readonly (readonly [name: string, value: string])[])[] = [
  ...[
    'gzip',
    'br',
    'deflate',
    'identity',
    'gzip, br',
    '*',
    'gzip;q=0',
    'identity;q=0',
    'x',
    '',
    'GZIP',
    'zstd',
  ].map((value) => [['accept-encoding', value]] as const),
  ...['bytes=0-0', 'bytes=0-99', 'bytes=-1', 'bytes=100000-', 'bytes=0-0,5-9', 'x=1', 'bytes=9-1'].map(
    (value) => [['range', value]] as const,
  ),
  [
    ['range', 'bytes=0-9'],
    ['accept-encoding', 'gzip'],
  ],
  [
    ['range', 'bytes=0-9'],
    ['if-range', '"x"'],
  ],
  [['if-none-match', '*']],
  [['if-none-match', '"x"']],
  [['if-none-match', 'W/"x", "y"']],
  [['if-match', '"x"']],
  [['if-modified-since', 'Thu, 01 Jan 1970 00:00:00 GMT']],
  [['if-modified-since', 'Fri, 01 Jan 2100 00:00:00 GMT']],
  [['if-unmodified-since', 'Thu, 01 Jan 1970 00:00:00 GMT']],
  [['te', 'trailers']],
  [['te', 'gzip']],
  [['accept-charset', 'utf-16']],
  [['content-encoding', 'gzip']],
  [['vary', 'cookie']],
  [['surrogate-control', 'max-age=600']],
  [['x-accel-expires', '600']],
  [['age', '1']],
  [['cookie', 'attune_consent=preferences; attune_token=x']],
  [['cookie', '__prerender_bypass=x; __next_preview_data=x']],
  [['cookie', '=;;;=attune_token=;attune_consent=__proto__.constructor']],
  [['cookie', `attune_token=${'x'.repeat(5_000)}; attune_visitor=%00`]],
  [['cookie', 'attune_visitor=a; attune_visitor=b; attune_pin=%00; attune_consent=preferences']],
]

/** Every way to ask for a page packed, in part, or only if it has changed; and cookies that are none. */
export function encodingMutations(): readonly MakeMutation[] {
  return HEADERS.map(
    (headers): MakeMutation =>
      (target, method) => ({ target, method, path: target, headers }),
  )
}
