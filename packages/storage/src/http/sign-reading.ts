import { signBody } from '../source/sign-body.ts'

/**
 * The header `Attune-Signature` of a question for a ruleset: `v1.<unix>.<hex>`, the HMAC-SHA256 of "ruleset\n<unix>".
 * @param now Whole seconds since 1970.
 */
export async function signReading(now: number, secret: string): Promise<string> {
  const mac = await signBody(new TextEncoder().encode(`ruleset\n${now}`), secret)
  return `v1.${now}.${mac.slice('sha256='.length)}`
}
