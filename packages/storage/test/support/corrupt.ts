/** A text that was damaged, and how. */
export interface Corrupt {
  readonly how: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** The same 200 corruptions of a text in every run: 140 bits flipped, 40 ends cut off, 20 of other shapes. */
export function corruptionsOf(text: string): readonly Corrupt[] {
  const whole = new TextEncoder().encode(text.trimEnd())
  const random = chance(20_261_122)
  const flips = Array.from({ length: 140 }, (): Corrupt => {
    const [at, bit] = [Math.floor(random() * whole.length), Math.floor(random() * 8)]
    const bytes = whole.slice()
    bytes[at] = bytes[at]! ^ (1 << bit)
    return { how: `bit ${bit} of byte ${at} flipped`, bytes }
  })
  const cuts = Array.from({ length: 40 }, (_, index): Corrupt => {
    const length = Math.floor((index * whole.length) / 40)
    return { how: `cut after ${length} bytes`, bytes: whole.slice(0, length) }
  })
  return [...flips, ...cuts, ...others(text.trimEnd())]
}

function others(text: string): readonly Corrupt[] {
  const half = Math.floor(text.length / 2)
  const shapes: { readonly [how: string]: string } = {
    'two of them': text + text,
    'its second half': text.slice(half),
    'its halves swapped': text.slice(half) + text.slice(0, half),
    'a piece missing': text.slice(0, half) + text.slice(half + 40),
    'a piece twice': text.slice(0, half) + text.slice(half - 40),
    'zeros at the end': `${text.slice(0, half)}${'\0'.repeat(text.length - half)}`,
    'a text of itself': JSON.stringify(text),
    'a list of it': `[${text}]`,
    'inside another': `{"ruleset":${text}}`,
    'a byte-order mark before it': `\ufeff${text}`,
    'a page': '<!doctype html><title>502 Bad Gateway</title>',
    YAML: 'published: 1\nrevision: r2\n',
    null: 'null',
    'a number': '1',
    'an empty object': '{}',
    'an empty list': '[]',
    'an error': '{"error":"Unauthorized"}',
    'another format': text.replace(/(published\\?":)1/, '$12'),
    'deep nesting': `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    'an inherited member': '{"__proto__":{"published":1,"revision":"r2"}}',
  }
  return Object.entries(shapes).map(([how, shape]) => ({ how, bytes: new TextEncoder().encode(shape) }))
}

// mulberry32: the same chances every time.
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
