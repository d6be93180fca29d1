import { isObject, liveSecrets } from '@attune/core'
import { isSigned } from './is-signed.ts'
import type { Found } from './open-source.ts'
import { signBody } from './sign-body.ts'
import { trouble } from './trouble.ts'

/**
 * A published ruleset as it lies where others can write too: its text, and the signature of that text in UTF-8. As JSON it
 * begins with the signature, so that whoever has it can tell by the beginning.
 */
export interface RulesetEnvelope {
  /** `sha256=` and the HMAC-SHA256 in hex. */
  readonly signature: string
  readonly document: string
}

// {"signature":"sha256=…"
const BEGINNING = /^\{"signature":"(sha256=[\da-f]{64})"/

/** How many bytes of an envelope tell its version. */
export const BEGINNING_BYTES = 86

/** Puts the text of a published ruleset into an envelope; of several secrets the newest signs. */
export async function sealRuleset(text: string, secret: string): Promise<RulesetEnvelope> {
  const [newest = ''] = liveSecrets(secret)
  return { signature: await signBody(new TextEncoder().encode(text), newest), document: text }
}

/** The signature with which the text of an envelope begins. */
export function signatureIn(text: string): string | undefined {
  return BEGINNING.exec(text)?.[1]
}

/**
 * Takes a published ruleset out of its envelope; its signature is its version.
 * @throws when it is none, or is not signed with one of the secrets.
 */
export async function openEnvelope(name: string, value: unknown, secrets: readonly string[]): Promise<Found> {
  if (!isObject(value) || typeof value.signature !== 'string' || typeof value.document !== 'string')
    throw trouble(name, 'holds no signed ruleset. Publish with `attune publish`, which signs it')
  const { signature, document } = value
  if (!(await isSigned(new TextEncoder().encode(document), signature, secrets)))
    throw trouble(name, 'is not signed with our secret. Give both sides the same ATTUNE_SECRET')
  return { text: document, version: signature }
}
