const PRIMES = firstPrimes(64)
/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2). */
const K = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)))
/** Those of the square roots of the first 8 primes (FIPS 180-4, 5.3.3). */
const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)))
const BLOCK = 64
const words = new Int32Array(64)
const scratch = new Uint8Array(8_192)
const encoder = new TextEncoder()

/** A hash that has taken in whole blocks and may go on from there. */
export interface HashState {
  readonly state: Int32Array
  /** Bytes taken in so far, a multiple of 64. */
  readonly length: number
}

/** A hash that has taken in nothing. */
export function startHash(): HashState {
  return { state: START.slice(), length: 0 }
}

/** Takes in whole blocks of 64 bytes; the given state stays as it is. */
export function takeBlocks({ state, length }: HashState, blocks: Uint8Array): HashState {
  const next = state.slice()
  for (let at = 0; at < blocks.length; at += BLOCK) compress(next, blocks, at)
  return { state: next, length: length + blocks.length }
}

/** Takes in the last bytes, of any number, and answers the 32 bytes of SHA-256 (FIPS 180-4). */
export function endHash(hash: HashState, bytes: Uint8Array): Uint8Array {
  const buffer = roomFor(bytes.length)
  buffer.set(bytes)
  return finish(hash, buffer, bytes.length)
}

/** Takes in a text as UTF-8, then answers as `endHash`. */
export function endHashText(hash: HashState, text: string): Uint8Array {
  const buffer = roomFor(text.length * 3)
  return finish(hash, buffer, encoder.encodeInto(text, buffer).written)
}

// Texts of one request are short and hashed one after another: they share their room.
function roomFor(bytes: number): Uint8Array {
  const needed = bytes + BLOCK + 9
  return needed <= scratch.length ? scratch : new Uint8Array(needed)
}

function finish(hash: HashState, buffer: Uint8Array, length: number): Uint8Array {
  const end = Math.ceil((length + 9) / BLOCK) * BLOCK
  buffer[length] = 0x80
  buffer.fill(0, length + 1, end)
  const view = new DataView(buffer.buffer)
  // In bits, cut to 32 of them each.
  view.setUint32(end - 8, (hash.length + length) / 0x20000000)
  view.setUint32(end - 4, (hash.length + length) << 3)
  const state = hash.state.slice()
  for (let at = 0; at < end; at += BLOCK) compress(state, buffer, at)
  const digest = new Uint8Array(32)
  const out = new DataView(digest.buffer)
  for (let at = 0; at < 8; at++) out.setInt32(at * 4, state[at]!)
  return digest
}

/** SHA-256 of bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return endHash(startHash(), bytes)
}

function compress(state: Int32Array, bytes: Uint8Array, from: number): void {
  const w = words
  for (let t = 0; t < 16; t++) {
    const at = from + t * 4
    w[t] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
  }
  for (let t = 16; t < 64; t++) {
    const x = w[t - 15]!
    const y = w[t - 2]!
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    w[t] = (w[t - 16]! + s0 + w[t - 7]! + s1) | 0
  }
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  let e = state[4]!
  let f = state[5]!
  let g = state[6]!
  let h = state[7]!
  for (let t = 0; t < 64; t++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[t]! + w[t]!) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
  state[4]! += e
  state[5]! += f
  state[6]! += g
  state[7]! += h
}

function firstPrimes(count: number): readonly number[] {
  const primes: number[] = []
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate)
  }
  return primes
}

// A double holds the root to 2^-50 at least: no last bit of 32 hangs on how a host rounds it.
function fraction(root: number): number {
  return ((root % 1) * 2 ** 32) | 0
}
