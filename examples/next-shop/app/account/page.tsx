import { PreferenceCentre, type PreferenceQuestion } from '@attune/next/consent'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { DayAnnouncement } from '../../components/placements/announcement.tsx'
import { Shell } from '../../components/shell.tsx'
import { categories } from '../../lib/catalog.ts'
import { readUser } from '../../lib/session.ts'
import { signIn, signOut } from './actions.ts'

export const metadata: Metadata = { title: 'Your account' }

const QUESTIONS: readonly PreferenceQuestion[] = [
  {
    trait: 'sports',
    label: 'What takes you outdoors?',
    about: 'The home page begins with it, whatever you looked at last.',
    as: 'choices',
    choices: categories.map(({ slug, name }) => ({ value: slug, label: name })),
  },
  {
    trait: 'newsletter',
    label: 'Letters from the workshop',
    about: 'Twice a year, on what we learnt about mending.',
  },
]

/** Signing in and out, and what somebody likes. */
export default async function Page(): Promise<ReactNode> {
  const user = await readUser()
  return (
    <Shell announcement={<DayAnnouncement />}>
      <div className="wrap plain account">
        <h1>Your account</h1>
        {user === undefined ? <SignIn /> : <SignedIn user={user} />}
        {/* Another person, another centre: nothing of theirs stays on the screen. */}
        <PreferenceCentre
          key={user ?? ''}
          src="/scripts/attune-preferences.js"
          questions={QUESTIONS}
          texts={{ title: 'What fits you' }}
        />
      </div>
    </Shell>
  )
}

function SignIn(): ReactNode {
  return (
    <form action={signIn} className="account-sign" data-attune-private>
      <label>
        Any name will do in this demo
        <input name="name" autoComplete="username" maxLength={40} required />
      </label>
      <button className="button" type="submit">
        Sign in
      </button>
    </form>
  )
}

function SignedIn({ user }: { readonly user: string }): ReactNode {
  return (
    <form action={signOut} className="account-sign">
      <p>
        You are signed in as <b>{user}</b>. What you look at here counts on all of your devices.
      </p>
      <button className="button button-quiet" type="submit">
        Sign out
      </button>
    </form>
  )
}
