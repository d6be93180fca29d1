/** Hashes texts so that nobody without the key can find two that fall together. */
export type KeyedHash = (text: string, out: Uint32Array) => void

/**
 * Creates a hash of 64 bits into `out[0]` and `out[1]`: HalfSipHash-2-4 (Aumasson and Bernstein, SipHash's form for 32-bit words)
 * over the text's UTF-16 units, little-endian. `key` has two words of chance. It allocates nothing.
 */
export function createKeyedHash(key: Uint32Array): KeyedHash {
  const [k0 = 0, k1 = 0] = key
  let v0 = 0
  let v1 = 0
  let v2 = 0
  let v3 = 0

  function rounds(count: number): void {
    for (let round = 0; round < count; round++) {
      v0 = (v0 + v1) | 0
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0
      v0 = (v0 << 16) | (v0 >>> 16)
      v2 = (v2 + v3) | 0
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2
      v0 = (v0 + v3) | 0
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0
      v2 = (v2 + v1) | 0
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2
      v2 = (v2 << 16) | (v2 >>> 16)
    }
  }

  function mix(word: number): void {
    v3 ^= word
    rounds(2)
    v0 ^= word
  }

  return (text, out) => {
    v0 = k0
    v1 = k1 ^ 0xee
    v2 = 0x6c796765 ^ k0
    v3 = 0x74656462 ^ k1
    const { length } = text
    const even = length & ~1
    for (let at = 0; at < even; at += 2) mix(text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16))
    mix(((length * 2) << 24) | (even === length ? 0 : text.charCodeAt(even)))
    v2 ^= 0xee
    rounds(4)
    out[0] = v1 ^ v3
    v1 ^= 0xdd
    rounds(4)
    out[1] = v1 ^ v3
  }
}
