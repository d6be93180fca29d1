import { parseArgs } from 'node:util'
import { type Call, CannotRun, type Command, type OptionValue } from './command.ts'
import { didYouMean } from './terminal/near-name.ts'

/** Fits a command line to its command. @throws CannotRun with the place and the cure when it does not fit. */
export function parseCall(command: Command, args: readonly string[]): Call {
  const parsed = parseLoosely(args, command.options)
  const given: { [name: string]: OptionValue } = {}
  for (const token of parsed.tokens) {
    if (token.kind !== 'option') continue
    const spec = Object.hasOwn(command.options, token.name) ? command.options[token.name] : undefined
    if (spec === undefined) throw unknownOption(command, token.rawName, token.name)
    if (spec.type === 'string' && (token.value === undefined || token.value === '')) {
      throw misuse(command, `${token.rawName} needs a value: ${token.rawName} ${spec.value ?? '<value>'}.`)
    }
    if (spec.type === 'boolean' && token.value !== undefined)
      throw misuse(command, `${token.rawName} is a switch and takes no value.`)
    if (Object.hasOwn(given, token.name) && spec.multiple !== true)
      throw misuse(command, `${token.rawName} stands twice. Keep one.`)
    given[token.name] = parsed.values[token.name]
  }
  return { arguments: fitArguments(command, parsed.positionals), options: given }
}

function parseLoosely(args: readonly string[], options: Command['options']): ReturnType<typeof looseArgs> {
  try {
    return looseArgs(args, options)
  } catch (error) {
    throw new CannotRun(error instanceof Error ? error.message : String(error))
  }
}

// `strict: false` leaves the judgement, and so the wording, to us.
function looseArgs(args: readonly string[], options: Command['options']) {
  const config = Object.entries(options).map(
    ([name, { type, multiple = false }]) => [name, { type, multiple }] as const,
  )
  return parseArgs({
    args: [...args],
    options: Object.fromEntries(config),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
}

function fitArguments(command: Command, positionals: readonly string[]): readonly string[] {
  const [first, ...rest] = command.arguments
  if (first?.fallback !== undefined && positionals.length === rest.length)
    return [first.fallback, ...positionals]
  const missing = command.arguments.find(
    ({ fallback }, place) => place >= positionals.length && fallback === undefined,
  )
  if (missing !== undefined) throw misuse(command, `<${missing.name}> is missing: ${missing.help}`)
  const extra = positionals[command.arguments.length]
  if (extra !== undefined)
    throw misuse(command, `${JSON.stringify(extra)} is one argument too many. Take it out.`)
  return positionals
}

function unknownOption(command: Command, rawName: string, name: string): CannotRun {
  const hint = didYouMean(name, Object.keys(command.options), (near) => `--${near}`)
  return misuse(command, `There is no option ${rawName}.${hint}`)
}

function misuse(command: Command, message: string): CannotRun {
  return new CannotRun(`${message} \`attune ${command.name} --help\` shows how it is used.`)
}
