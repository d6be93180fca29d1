import { type Consent, fromBase64Url, isGranted, PURPOSES, toBase64Url } from '@attune/core'

/** What a mail's pixel says. */
export interface Mail {
  readonly visitor: string
  readonly consent: Consent
  /** Names the mailing. */
  readonly campaign?: string | undefined
  /** Whole seconds since 1970 after which it says nothing any more. */
  readonly until: number
}

/** Whose links are meant. */
interface Owner {
  readonly secret: string
  readonly site: string
}

// A visitor's id has 256 characters at most, and a campaign 100.
const MAX_LINK = 2_048
const IV_BYTES = 12

/** Writes what a mail's pixel says so that only who has the secret can read it or make one: AES-256-GCM under a key of HKDF-SHA256. */
export async function sealMail({ visitor, consent, campaign, until }: Mail, owner: Owner): Promise<string> {
  const granted = PURPOSES.filter((purpose) => isGranted(consent, purpose))
  const text = JSON.stringify([visitor, campaign ?? null, until, granted])
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const key = await keyOf(owner)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text))
  return toBase64Url(Uint8Array.from([...iv, ...new Uint8Array(sealed)]))
}

/** Reads what one of the secrets sealed for this site; `undefined` for anything else. Its age is not looked at. */
export async function openMail(
  link: string,
  { secrets, site }: { readonly secrets: readonly string[]; readonly site: string },
): Promise<Mail | undefined> {
  const bytes = link.length > MAX_LINK ? undefined : fromBase64Url(link)
  if (bytes === undefined || bytes.length <= IV_BYTES) return undefined
  for (const secret of secrets) {
    const text = await decrypt(bytes, await keyOf({ secret, site }))
    if (text !== undefined) return readMail(text)
  }
  return undefined
}

async function decrypt(bytes: Uint8Array, key: CryptoKey): Promise<string | undefined> {
  try {
    const how = { name: 'AES-GCM', iv: bytes.slice(0, IV_BYTES) }
    return new TextDecoder().decode(await crypto.subtle.decrypt(how, key, bytes.slice(IV_BYTES)))
  } catch {
    return undefined
  }
}

// We wrote it.
function readMail(text: string): Mail {
  const [visitor, campaign, until, granted] = JSON.parse(text) as [string, string | null, number, string[]]
  // What was not granted when it was written was refused, and not merely left out.
  const consent = Object.fromEntries(PURPOSES.map((purpose) => [purpose, granted.includes(purpose)]))
  return { visitor, consent, until, ...(campaign === null ? {} : { campaign }) }
}

async function keyOf({ secret, site }: Owner): Promise<CryptoKey> {
  const encoder = new TextEncoder()
  const material = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, ['deriveKey'])
  const how = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(),
    info: encoder.encode(`pixel\n${site}`),
  }
  return crypto.subtle.deriveKey(how, material, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
}
