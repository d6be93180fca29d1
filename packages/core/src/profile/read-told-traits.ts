import type { TraitDefinition } from '../condition/definitions.ts'
import { own } from '../result/json.ts'

/**
 * Reads traits as pages tell them: `track` carries texts, numbers and booleans alone, so a list may be the text of a JSON list, or one text,
 * and an empty text takes a trait back. What is declared nowhere is left as it is.
 */
export function readToldTraits(
  given: { readonly [name: string]: unknown },
  definitions: { readonly [name: string]: TraitDefinition },
): { readonly [name: string]: unknown } {
  const read = Object.entries(given).map(([name, value]) => {
    const isList = own(definitions, name)?.type === 'list'
    return [name, typeof value === 'string' ? readText(value, isList) : value] as const
  })
  return Object.fromEntries(read)
}

function readText(text: string, isList: boolean): unknown {
  if (text === '') return null
  if (!isList) return text
  try {
    return text.startsWith('[') ? JSON.parse(text) : [text]
  } catch {
    return text
  }
}
