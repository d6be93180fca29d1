import { CannotRun, type Command, type ExitCode } from './command.ts'
import { type Io, write } from './io.ts'
import { parseCall } from './parse-call.ts'
import { renderHelp, renderOverview } from './terminal/help.ts'
import { didYouMean } from './terminal/near-name.ts'
import { printable, styleFor } from './terminal/style.ts'

/** Runs the command that `args` name and answers its exit code. Trouble that was foreseen is said, never thrown. */
export async function main(
  args: readonly string[],
  commands: readonly Command[],
  io: Io,
  version: string,
): Promise<ExitCode> {
  try {
    return await dispatch(args, commands, io, version)
  } catch (error) {
    if (!isTold(error)) throw error
    const style = styleFor(io.stderr, io.env)
    const speaker = ['attune', ...commands.map(({ name }) => name).filter((name) => name === args[0])]
    await write(io.stderr, `${style.red(`${speaker.join(' ')}:`)} ${printable(error.message)}\n`)
    return 2
  }
}

// Packages below begin what they want to be told with their name; anything else is a fault, and shows its stack.
function isTold(error: unknown): error is Error {
  return error instanceof CannotRun || (error instanceof Error && /^\[[a-z]+\] /.test(error.message))
}

async function dispatch(
  [first, ...rest]: readonly string[],
  commands: readonly Command[],
  io: Io,
  version: string,
): Promise<ExitCode> {
  if (first === undefined) {
    await write(io.stderr, renderOverview(commands))
    return 2
  }
  if (first === '--version' || first === '-v') return say(io, `${version}\n`)
  const isHelp = first === 'help' || first === '--help' || first === '-h'
  if (isHelp && rest[0] === undefined) return say(io, renderOverview(commands))
  const command = findCommand(isHelp ? rest[0]! : first, commands)
  if (isHelp || asksForHelp(rest)) return say(io, renderHelp(command))
  return command.run(parseCall(command, rest), io)
}

function findCommand(name: string, commands: readonly Command[]): Command {
  const command = commands.find((candidate) => candidate.name === name)
  if (command !== undefined) return command
  const names = commands.map((candidate) => candidate.name)
  const what = name.startsWith('-') ? 'option' : 'command'
  throw new CannotRun(
    `There is no ${what} ${JSON.stringify(name)}.${didYouMean(name, names)} Commands: ${names.join(', ')}.`,
  )
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  const options = end < 0 ? args : args.slice(0, end)
  return options.includes('--help') || options.includes('-h')
}

async function say(io: Io, text: string): Promise<ExitCode> {
  await write(io.stdout, text)
  return 0
}
