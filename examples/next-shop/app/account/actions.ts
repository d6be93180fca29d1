'use server'

import { redirect } from 'next/navigation'
import { endSession, startSession } from '../../lib/session.ts'
import { identity } from '../attune/identity.ts'

/** Signs in, and brings along what was looked at before. */
export async function signIn(form: FormData): Promise<void> {
  const userId = await startSession(String(form.get('name') ?? ''))
  if (userId !== undefined) await identity.signIn({ userId })
  redirect('/account')
}

/** Signs out: whoever uses this browser next begins anew. */
export async function signOut(): Promise<void> {
  await endSession()
  await identity.signOut()
  redirect('/account')
}
