import {
  baselineVariants,
  createSealKeys,
  encodeCode,
  type PublishedRuleset,
  type Variants,
} from '@attune/core'
import { type Chance, createChance } from './random.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~'
const TRIES = 200

/** What codes are forged from. */
export interface ForgeOptions {
  readonly ruleset: PublishedRuleset
  /** A ruleset has only so many codes: each secret makes them anew. */
  readonly secrets: readonly string[]
  readonly seed: number
}

/** A code that opens on the page of its route. */
export interface ValidCode {
  readonly route: string
  readonly code: string
}

/** Makes `count` codes of a ruleset as the proxy would, no two alike. @throws when there are not so many. */
export function makeValidCodes(
  count: number,
  { ruleset, secrets, seed }: ForgeOptions,
): readonly ValidCode[] {
  const chance = createChance(seed)
  const keys = secrets.map((secret) => createSealKeys(secret))
  const codes = new Map<string, ValidCode>()
  for (let tried = 0; codes.size < count; tried++) {
    if (tried > TRIES * count)
      throw new Error(`Only ${codes.size} codes were found of ${count}: give another secret.`)
    const route = chance.pick(Object.keys(ruleset.routes))
    const code = encodeCode(chance.pick(keys), 'site', ruleset, route, anyVariants(ruleset, route, chance))
    codes.set(code, { route, code })
  }
  return [...codes.values()]
}

function anyVariants(ruleset: PublishedRuleset, route: string, chance: Chance): Variants {
  const placements = Object.keys(baselineVariants(ruleset, route))
  return Object.fromEntries(
    placements.map((placement) => [placement, chance.pick(ruleset.placements[placement]!.variants)]),
  )
}

/** Every text that differs from a code in one bit of one of its characters. */
export function* flipBits(code: string): Generator<string> {
  for (let at = 0; at < code.length; at++)
    for (let bit = 0; bit < 8; bit++)
      yield code.slice(0, at) + String.fromCharCode(code.charCodeAt(at) ^ (1 << bit)) + code.slice(at + 1)
}

/** Makes `count` codes that look like the shop's: wholly by chance, or a valid one with a few characters changed, cut or added. */
export function* forgeCodes(count: number, seed: number, valid: readonly ValidCode[]): Generator<string> {
  const chance = createChance(seed)
  const text = (length: number): string =>
    Array.from({ length }, () => ALPHABET[chance.below(ALPHABET.length)]).join('')
  const known = new Set(valid.map(({ code }) => code))
  for (let made = 0; made < count; ) {
    const { code } = chance.pick(valid)
    const at = chance.below(code.length)
    const forged = [
      () => text(1 + chance.below(90)),
      () => `v1~${text(4)}~${text(19)}~${text(22)}`,
      () => code.slice(0, at) + text(1 + chance.below(3)) + code.slice(at + 1 + chance.below(3)),
      () => code.slice(0, code.lastIndexOf('~') + 1) + text(22),
      () => code.slice(0, at),
      () => code.slice(0, at) + text(1) + code.slice(at),
      // The body of one code under the seal of another.
      () => `${code.slice(0, code.lastIndexOf('~'))}${(/~[^~]*$/.exec(chance.pick(valid).code) ?? [''])[0]}`,
    ][chance.below(7)]!()
    if (known.has(forged) || forged === '') continue
    made++
    yield forged
  }
}
