import { isObject, type Json, PUBLISHED_FORMAT, type PublishedRuleset } from '@attune/core'
import { findDamage } from './find-damage.ts'
import { messageOf, trouble } from './trouble.ts'
import { tryRuleset } from './try-ruleset.ts'

/**
 * Reads the text of a published ruleset and tries it, so that what could not decide never comes into force.
 * @throws when it is none, with what is wrong and the cure.
 */
export function parsePublished(name: string, text: string): PublishedRuleset {
  const value = parseJson(name, text)
  const damage = findDamage(value)
  if (damage === '$.published') throw unpublished(name, value)
  if (damage !== undefined) throw trouble(name, `is damaged at ${damage}. Publish anew`)
  // Its parts were looked at one by one.
  const ruleset = value as unknown as PublishedRuleset
  try {
    tryRuleset(ruleset)
  } catch (error) {
    throw trouble(name, `cannot be decided from: ${messageOf(error)} Publish anew`, error)
  }
  return ruleset
}

function unpublished(name: string, value: Json): Error {
  const format = isObject(value) ? value.published : undefined
  if (format !== undefined) {
    const other = `holds what was published in format ${JSON.stringify(format)}, not ${PUBLISHED_FORMAT}`
    return trouble(name, `${other}. Update the older of the two sides`)
  }
  const isDocument = isObject(value) && 'version' in value && 'revision' in value
  const what = isDocument ? 'holds a ruleset that is not published yet' : 'holds no published ruleset'
  return trouble(name, `${what}. Let it hold what \`attune publish\` writes`)
}

/** @throws when the text is no JSON, with the cure. */
export function parseJson(name: string, text: string): Json {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw trouble(name, 'is no JSON. Let it hold what `attune publish` writes', error)
  }
}
