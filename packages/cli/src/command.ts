import type { Io } from './io.ts'

/** How a command ended: 0 all is well, 1 it ran and found errors, 2 it could not run as asked; 3 as the command’s notes say. */
export type ExitCode = 0 | 1 | 2 | 3

/** One `--option` of a command. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean'
  /** How help names the value, e.g. `<file>`. */
  readonly value?: string
  readonly help: string
  /** May be given more than once. */
  readonly multiple?: true
}

/** One positional argument of a command. */
export interface ArgumentSpec {
  readonly name: string
  readonly help: string
  /** What it is when it was left out. */
  readonly fallback?: string
}

/** One thing the `attune` command can do. */
export interface Command {
  readonly name: string
  readonly summary: string
  /** Positional arguments; all required, but a first one with a `fallback`. */
  readonly arguments: readonly ArgumentSpec[]
  readonly options: { readonly [name: string]: OptionSpec }
  /** What else a person should know, in lines below the options. */
  readonly notes?: readonly string[]
  readonly examples: readonly string[]
  run(call: Call, io: Io): Promise<ExitCode>
}

/** A command line that fits its command. */
export interface Call {
  readonly arguments: readonly string[]
  readonly options: { readonly [name: string]: OptionValue }
}

/** What an option was given. */
export type OptionValue = string | boolean | readonly (string | boolean)[] | undefined

/** Trouble that keeps a command from running as asked: one clear message, exit code 2, no stack. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun'
}

/** The text an option was given; `undefined` when it was not. */
export function textOption(call: Call, name: string): string | undefined {
  const value = call.options[name]
  return typeof value === 'string' ? value : undefined
}

/** Every text a repeatable option was given. */
export function textOptions(call: Call, name: string): readonly string[] {
  const value = call.options[name]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** The whole number an option was given, within bounds. @throws CannotRun when it is another thing. */
export function wholeOption(
  call: Call,
  name: string,
  { least, most, fallback }: { readonly least: number; readonly most: number; readonly fallback: number },
): number {
  const text = textOption(call, name)
  if (text === undefined) return fallback
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new CannotRun(`--${name} is ${JSON.stringify(text)}. Give a whole number from ${least} to ${most}.`)
}

/** One of a closed list of words. @throws CannotRun when it is another. */
export function choiceOption<Choice extends string>(
  call: Call,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const text = textOption(call, name)
  if (text === undefined) return undefined
  const choice = choices.find((candidate) => candidate === text)
  if (choice !== undefined) return choice
  throw new CannotRun(`--${name} is ${JSON.stringify(text)}. Choose one of ${choices.join(', ')}.`)
}

/** Tells whether a switch was set. */
export function isSet(call: Call, name: string): boolean {
  return call.options[name] === true
}
