import type { Json, JsonObject } from '@attune/core/json'
import { __, sprintf } from '@wordpress/i18n'
import { isJsonObject, memberOf } from './json-at.ts'

/** A document, or why a file is none and what to do. */
export type Import =
  | { readonly ok: true; readonly document: JsonObject }
  | { readonly ok: false; readonly message: string }

/** Recognises what somebody wants to import: a ruleset document, or one that was published together with its document. */
export function readImport(value: Json): Import {
  if (!isJsonObject(value))
    return refuse(__('This is no ruleset: a ruleset is a JSON object, { … }.', 'attune'))
  if (isGrowthbook(value)) {
    return refuse(
      sprintf(
        // translators: %s: a command.
        __(
          'This comes from GrowthBook. Translate it first: %s names what it cannot translate, and writes segments that can be imported here.',
          'attune',
        ),
        'attune import growthbook features.json --out segments.json',
      ),
    )
  }
  if (Object.hasOwn(value, 'published') && Object.hasOwn(value, 'plan')) return readPublished(value)
  if (!Object.hasOwn(value, 'version') && !Object.hasOwn(value, 'segments')) {
    return refuse(
      __(
        'This is no ruleset: it has neither "version" nor "segments". Choose the file that people edit.',
        'attune',
      ),
    )
  }
  return { ok: true, document: { version: 1, revision: '', ...value } }
}

function readPublished(value: JsonObject): Import {
  const document = memberOf(value, 'document')
  if (isJsonObject(document)) return { ok: true, document }
  return refuse(
    __(
      'This ruleset was published without its document, and cannot be edited. Choose the file that it was published from.',
      'attune',
    ),
  )
}

// What its SDK endpoint answers, and its lists.
const GROWTHBOOK = ['features', 'experiments', 'savedGroups', 'encryptedFeatures', 'encryptedSavedGroups']

const isGrowthbook = (value: JsonObject): boolean => GROWTHBOOK.some((name) => Object.hasOwn(value, name))

const refuse = (message: string): Import => ({ ok: false, message })
