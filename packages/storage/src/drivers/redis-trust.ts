import { StoreWriteError } from '../store-error.ts'

const GIVE_CA = 'Give the authority that signed it as `ca`, or in the file that NODE_EXTRA_CA_CERTS names.'

// What Node.js calls it (https://nodejs.org/api/tls.html#x509-certificate-error-codes): trying again would not help.
const CURES: { readonly [code: string]: string } = {
  DEPTH_ZERO_SELF_SIGNED_CERT: GIVE_CA,
  SELF_SIGNED_CERT_IN_CHAIN: GIVE_CA,
  UNABLE_TO_GET_ISSUER_CERT: GIVE_CA,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: GIVE_CA,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: GIVE_CA,
  CERT_SIGNATURE_FAILURE: GIVE_CA,
  CERT_HAS_EXPIRED: 'Renew it.',
  CERT_NOT_YET_VALID: 'Set the clock right, or wait.',
  CERT_REVOKED: 'Give the server another one.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Name the server in the URL as its certificate names it.',
}

/** The error of a store for a connection that failed because of the server's certificate; `undefined` for any other. */
export function trustError(trouble: Error | undefined): StoreWriteError | undefined {
  const code = trouble !== undefined && 'code' in trouble ? String(trouble.code) : ''
  const cure = Object.hasOwn(CURES, code) ? CURES[code] : undefined
  if (cure === undefined) return undefined
  return new StoreWriteError(`[storage] redis: the server's certificate is not trusted (${code}). ${cure}`, {
    cause: trouble,
  })
}
