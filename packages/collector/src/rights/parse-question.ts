import { isObject, own, parseVisitorId } from '@attune/core'
import { readJson } from '@attune/core/json'

const MAX_BYTES = 2_048

/** Reads `{ "visitor": "<id>" }`: whose data are asked for. `undefined` for anything else. */
export function parseQuestion(text: string): string | undefined {
  const read = readJson(text, MAX_BYTES)
  if (!read.ok || !isObject(read.value) || Object.keys(read.value).length !== 1) return undefined
  const visitor = parseVisitorId(own(read.value, 'visitor'))
  return visitor.ok ? visitor.value : undefined
}
