import { createHmac, timingSafeEqual } from 'node:crypto'
import { cookies } from 'next/headers'

// The shop's own session, for the demo: any name signs in. A real shop asks for a password here, and Attune does not care how.
const COOKIE = 'shop_session'
const LONGEST = 40

/** Who is signed in to the shop; `undefined` for nobody. */
export async function readUser(): Promise<string | undefined> {
  const [encoded = '', signature = ''] = ((await cookies()).get(COOKIE)?.value ?? '').split('.')
  const expected = Buffer.from(sign(encoded))
  const given = Buffer.from(signature)
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined
  return Buffer.from(encoded, 'base64url').toString()
}

/** Signs somebody in to the shop; answers the id of the user, or nothing when that is no name. */
export async function startSession(name: string): Promise<string | undefined> {
  const user = name.trim().toLowerCase()
  if (user === '' || user.length > LONGEST) return undefined
  const encoded = Buffer.from(user).toString('base64url')
  const jar = await cookies()
  jar.set(COOKIE, `${encoded}.${sign(encoded)}`, { httpOnly: true, sameSite: 'lax', path: '/' })
  return user
}

/** Signs out of the shop. */
export async function endSession(): Promise<void> {
  const jar = await cookies()
  jar.delete(COOKIE)
}

function sign(encoded: string): string {
  return createHmac('sha256', `shop session ${process.env.ATTUNE_SECRET}`).update(encoded).digest('base64url')
}
