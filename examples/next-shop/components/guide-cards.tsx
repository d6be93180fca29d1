import Link from 'next/link'
import type { ReactNode } from 'react'
import { guides } from '../lib/guides.ts'

/** The guides as cards. */
export function GuideCards({ title = 'From the drying room' }: { readonly title?: string }): ReactNode {
  return (
    <section className="wrap guide-cards" aria-labelledby="guides-title">
      <div className="section-head">
        <h2 id="guides-title">{title}</h2>
        <p>What we tell each other before we set out.</p>
      </div>
      <ul>
        {guides.map((guide) => (
          <li key={guide.slug} className="guide-card">
            <img
              src={`/scenes/${guide.scene}.svg`}
              alt={guide.picture}
              width="1600"
              height="900"
              loading="lazy"
            />
            <div>
              <p className="kicker">Guide, {guide.minutes} minutes</p>
              <h3>
                <Link href={`/guides/${guide.slug}`}>{guide.title}</Link>
              </h3>
              <p>{guide.summary}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
