const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Reads numbers of so many bits, one after the other. Throws past the end. */
export interface Bits {
  read(bits: number): number
  /** A bit each, of numbers from 1 on: those that are set. */
  readSet(count: number): number[]
}

/** Opens base64url text of 6 bits a letter, without padding; `undefined` when a letter is none of it. */
export function openBits(text: string): Bits | undefined {
  const letters = [...text].map((letter) => ALPHABET.indexOf(letter))
  if (letters.length === 0 || letters.includes(-1)) return undefined
  let at = 0
  const read = (bits: number): number => {
    let value = 0
    for (let left = bits; left > 0; left--, at++) {
      const letter = letters[Math.floor(at / 6)]
      if (letter === undefined) throw new RangeError('the text ends early')
      // 36 bits of a time do not fit into what `<<` counts with.
      value = value * 2 + ((letter >> (5 - (at % 6))) & 1)
    }
    return value
  }
  const readSet = (count: number): number[] => {
    const set: number[] = []
    for (let id = 1; id <= count; id++) if (read(1) === 1) set.push(id)
    return set
  }
  return { read, readSet }
}
