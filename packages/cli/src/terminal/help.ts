import type { ArgumentSpec, Command } from '../command.ts'
import { pad } from './table.ts'

/** What `attune --help` prints. */
export function renderOverview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const lines = commands.map(({ name, summary }) => `  ${pad(name, width, 'left')}  ${summary}`)
  return [
    'attune: rulesets, checked, tried, served and replayed.',
    '',
    'Usage: attune <command> [options]',
    '',
    'Commands:',
    ...lines,
    '',
    '`attune <command> --help` tells more about one; `attune --version` prints the version.',
    'Exit codes: 0 all is well, 1 errors were found, 2 the command could not run as asked.',
    '',
  ].join('\n')
}

/** What `attune <command> --help` prints. */
export function renderHelp(command: Command): string {
  const names = command.arguments.map((argument) => ` ${titleOf(argument)}`).join('')
  const entries = [
    ...command.arguments.map((argument) => [titleOf(argument), argument.help] as const),
    ...Object.entries(command.options).map(
      ([name, { value, help }]) => [`--${name}${value === undefined ? '' : ` ${value}`}`, help] as const,
    ),
    ['--help', 'Shows this.'] as const,
  ]
  const width = Math.max(...entries.map(([title]) => title.length))
  return [
    command.summary,
    '',
    `Usage: attune ${command.name}${names} [options]`,
    '',
    ...entries.map(([title, help]) => `  ${pad(title, width, 'left')}  ${help}`),
    '',
    ...(command.notes === undefined ? [] : [...command.notes, '']),
    command.examples.length === 1 ? 'Example:' : 'Examples:',
    ...command.examples.map((example) => `  ${example}`),
    '',
  ].join('\n')
}

function titleOf({ name, fallback }: ArgumentSpec): string {
  return fallback === undefined ? `<${name}>` : `[${name}]`
}
