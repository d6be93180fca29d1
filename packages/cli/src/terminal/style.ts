import { stripVTControlCharacters } from 'node:util'
import type { Io, Output } from '../io.ts'

/** Paints text for one output; every method answers the text itself where colour is not wanted. */
export interface Style {
  readonly strong: (text: string) => string
  readonly faint: (text: string) => string
  readonly red: (text: string) => string
  readonly yellow: (text: string) => string
  readonly green: (text: string) => string
  readonly cyan: (text: string) => string
}

const DEFAULT_WIDTH = 80
const LEAST_WIDTH = 40
const MOST_WIDTH = 120

/** Colours only on a terminal, and not when NO_COLOR (no-color.org) is set to anything or TERM is `dumb`. */
export function styleFor(output: Output, env: Io['env']): Style {
  const isWanted = output.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb'
  const paint = (open: number, close: number) => (text: string) =>
    isWanted ? `\u001b[${open}m${text}\u001b[${close}m` : text
  return {
    strong: paint(1, 22),
    faint: paint(2, 22),
    red: paint(31, 39),
    yellow: paint(33, 39),
    green: paint(32, 39),
    cyan: paint(36, 39),
  }
}

/** The characters a line may have: the terminal's width within 40 to 120, 80 where there is none. */
export function widthOf(output: Output): number {
  return Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, output.columns || DEFAULT_WIDTH))
}

/** The columns that text takes, colours not counted. */
export function lengthOf(text: string): number {
  return [...stripVTControlCharacters(text)].length
}

/** Makes text from a file harmless to a terminal: control and direction characters are shown as escapes. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0)!.toString(16)
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`
  })
}
