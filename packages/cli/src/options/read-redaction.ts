import type { CollectorOptions } from '@attune/collector'
import { KEPT_PARAMETERS } from '@attune/collector/redact'
import { type Call, CannotRun, type OptionSpec, textOptions } from '../command.ts'

/** The option that names parameters of addresses which are kept. */
export const KEEP_PARAMETER_OPTION: OptionSpec = {
  type: 'string',
  value: '<name>',
  multiple: true,
  help: 'Keeps this parameter of addresses beside utm_source and its like; all others are cut off before anything is kept. Repeatable.',
}

const NAME = /^[^\s&=?#/%]{1,64}$/

/** Reads what of addresses is kept. @throws CannotRun when a name is none. */
export function readRedaction(call: Call): Pick<CollectorOptions, 'redaction'> {
  const named = textOptions(call, 'keep-parameter')
  const wrong = named.find((name) => !NAME.test(name))
  if (wrong !== undefined) {
    throw new CannotRun(
      `--keep-parameter is ${JSON.stringify(wrong)}. Give the name of one parameter, such as variant.`,
    )
  }
  return named.length === 0 ? {} : { redaction: { keepParameters: [...KEPT_PARAMETERS, ...named] } }
}
