import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { DayAnnouncement } from '../../components/placements/announcement.tsx'
import { PrivacyChoicesButton } from '../../components/privacy-choices-button.tsx'
import { Shell } from '../../components/shell.tsx'

export const metadata: Metadata = { title: 'Privacy' }

export default function Page(): ReactNode {
  return (
    <Shell announcement={<DayAnnouncement />}>
      <article className="article article-plain">
        <header className="wrap">
          <h1>Privacy, in plain words</h1>
        </header>
        <div className="article-text">
          <p className="lead">
            Before you choose, this shop writes nothing on your device and remembers nothing about you. After
            you choose, it does what you allowed and no more.
          </p>
          <h2>What is always there</h2>
          <p>
            Your cart, once you put something in it, is kept in your own browser and never sent to us before
            you order. Your privacy choice is kept in one cookie, <code>attune_consent</code>, for 180 days.
          </p>
          <h2>Preferences</h2>
          <p>
            If you allow it, we remember which pages and products you look at, under a random number, to show
            you the department you care about, a reminder of a cart you left, or an offer. No name, no
            address, nobody else.
          </p>
          <h2>Statistics</h2>
          <p>
            If you allow it, we count what was seen and clicked, to learn which version of a page serves
            people better.
          </p>
          <h2>Changing your mind</h2>
          <p>
            <PrivacyChoicesButton /> is at the foot of every page. Taking a permission back works at once.
          </p>
          <h2>What we keep of you</h2>
          <p>
            <a href="/attune/my-data">Your data</a> shows what is kept under your number. There you can take
            it with you, and delete it.
          </p>
        </div>
      </article>
    </Shell>
  )
}
