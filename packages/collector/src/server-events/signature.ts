import { isSigned, signBody } from '@attune/storage/ruleset-http'

/** The header that says which server sent a batch, when and once: `v1.<unix>.<nonce>.<hex>`. */
export const SIGNATURE_HEADER = 'attune-signature'

/** A batch may be on its way for a while, and two clocks differ: 5 minutes either way. */
export const FRESH_SECONDS = 300

const SIGNATURE = /^v1\.(\d{1,12})\.([\w-]{16,64})\.([\da-f]{64})$/

/** What is signed: a batch of events, what is said of a user, or whose data are asked for. One is never taken for the other. */
export type SignedKind = 'events' | 'identify' | 'rights-export' | 'rights-erase'

/** What a signature says, and the HMAC that shows it. */
export interface Signature {
  /** Whole seconds since 1970. */
  readonly unix: number
  /** 16 to 64 letters, digits, `-` and `_`, never the same twice. */
  readonly nonce: string
}

/**
 * Signs the text of a batch: the HMAC-SHA256 of "<kind>\n<unix>\n<nonce>\n<site>\n<body>" in UTF-8; `kind` is `events` when it is left out.
 * @returns the value of the header `Attune-Signature`.
 */
export async function signEvents(
  body: string,
  { unix, nonce }: Signature,
  {
    secret,
    site,
    kind,
  }: { readonly secret: string; readonly site: string; readonly kind?: SignedKind | undefined },
): Promise<string> {
  const mac = await signBody(messageOf(body, { unix, nonce }, { site, kind }), secret)
  return `v1.${unix}.${nonce}.${mac.slice('sha256='.length)}`
}

/** Reads a signature that one of the secrets made for this body and site; `undefined` for anything else. Its age is not looked at. */
export async function readSignature(
  body: string,
  header: string | null,
  {
    secrets,
    site,
    kind,
  }: { readonly secrets: readonly string[]; readonly site: string; readonly kind?: SignedKind | undefined },
): Promise<Signature | undefined> {
  const [, unix, nonce, hex] = SIGNATURE.exec(header ?? '') ?? []
  if (unix === undefined || nonce === undefined) return undefined
  const signature = { unix: Number(unix), nonce }
  const isOurs = await isSigned(messageOf(body, signature, { site, kind }), `sha256=${hex}`, secrets)
  return isOurs ? signature : undefined
}

function messageOf(
  body: string,
  { unix, nonce }: Signature,
  { site, kind = 'events' }: { readonly site: string; readonly kind?: SignedKind | undefined },
): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${kind}\n${unix}\n${nonce}\n${site}\n${body}`)
}
