import type { OptionSpec } from '../command.ts'

/** The option that names a site, the same for every command: none was named everywhere, or one and the same. */
export const SITE_OPTION: OptionSpec = {
  type: 'string',
  value: '<name>',
  help: 'Tells sites apart that share a secret or a Redis; the same for every command. Default: the one site without a name.',
}
