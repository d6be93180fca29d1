/**
 * MurmurHash3 x86 32 of a text's UTF-8 bytes, as an unsigned 32-bit number. Public domain algorithm by
 * Austin Appleby; equal to PHP's `hash('murmur3a', …)`. Lone surrogates hash as U+FFFD.
 */
export function murmur3(text: string, seed = 0): number {
  const length = text.length
  const whole = length & ~3
  let hash = seed | 0
  let seen = 0
  // Most ids are ASCII: four units a block, without making bytes. Whether they were is looked at once, at the end.
  for (let at = 0; at < whole; at += 4) {
    const first = text.charCodeAt(at)
    const second = text.charCodeAt(at + 1)
    const third = text.charCodeAt(at + 2)
    const fourth = text.charCodeAt(at + 3)
    seen |= first | second | third | fourth
    hash = mixBlock(hash, first | (second << 8) | (third << 16) | (fourth << 24))
  }
  let tail = 0
  for (let at = whole; at < length; at++) {
    const unit = text.charCodeAt(at)
    seen |= unit
    tail |= unit << ((at & 3) << 3)
  }
  return seen > 0x7f ? hashBytes(new TextEncoder().encode(text), seed) : finish(hash, tail, length)
}

function hashBytes(bytes: Uint8Array, seed: number): number {
  const length = bytes.length
  let hash = seed | 0
  let block = 0
  for (let at = 0; at < length; at++) {
    const place = at & 3
    block |= bytes[at]! << (place << 3)
    if (place === 3) {
      hash = mixBlock(hash, block)
      block = 0
    }
  }
  return finish(hash, block, length)
}

function scramble(block: number): number {
  const k = Math.imul(block, 0xcc9e2d51)
  return Math.imul((k << 15) | (k >>> 17), 0x1b873593)
}

function mixBlock(hash: number, block: number): number {
  const h = hash ^ scramble(block)
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0
}

function finish(hash: number, tail: number, length: number): number {
  let h = hash
  // An empty tail scrambles to 0 and changes nothing.
  h ^= scramble(tail)
  h ^= length
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  h ^= h >>> 16
  return h >>> 0
}
