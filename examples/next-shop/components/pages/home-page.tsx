import Link from 'next/link'
import type { ReactNode } from 'react'
import { categories } from '../../lib/catalog.ts'
import { GuideCards } from '../guide-cards.tsx'
import { ArrowIcon, DeliveryIcon, RepairIcon, ReturnIcon } from '../icons.tsx'
import { Shell } from '../shell.tsx'

type HomePageProps = {
  readonly announcement: ReactNode
  readonly bar: ReactNode
  readonly hero: ReactNode
  readonly cta: ReactNode
  readonly offer: ReactNode
  readonly rail: ReactNode
}

function Departments() {
  return (
    <section className="wrap departments" id="departments" aria-labelledby="departments-title">
      <div className="section-head">
        <h2 id="departments-title">Where are you off to?</h2>
        <p>Four departments, six pieces each. We sell what we would buy.</p>
      </div>
      <ul>
        {categories.map(({ slug, name, line }) => (
          <li key={slug} className="tile">
            <div className="tile-picture">
              <img src={`/scenes/${slug}.svg`} alt="" width="1600" height="900" loading="lazy" />
            </div>
            <h3>
              <Link href={`/category/${slug}`}>{name}</Link>
            </h3>
            <ArrowIcon />
            <p>{line}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Promises() {
  return (
    <section className="promises" aria-label="What we promise">
      <ul className="wrap">
        <li>
          <RepairIcon />
          <h3>Mended, not binned</h3>
          <p>Our workshop resoles, restitches and retapes what we sell, for as long as we can get thread.</p>
        </li>
        <li>
          <ReturnIcon />
          <h3>Sixty days to change your mind</h3>
          <p>Wear it round the house. Wear it up a hill, even: we would rather you knew.</p>
        </li>
        <li>
          <DeliveryIcon />
          <h3>Free delivery over £50</h3>
          <p>Two to three days in Britain and Norway, in a box you can send back or plant seeds in.</p>
        </li>
      </ul>
    </section>
  )
}

/** The home page; its personalised parts come from outside. */
export function HomePage({ announcement, bar, hero, cta, offer, rail }: HomePageProps): ReactNode {
  return (
    <Shell announcement={announcement} bar={bar}>
      <div className="hero-frame">
        <div className="hero-slot">{hero}</div>
        <div className="hero-cta-slot">
          <div className="wrap">{cta}</div>
        </div>
      </div>
      <div className="wrap">{offer}</div>
      <Departments />
      {rail}
      <GuideCards />
      <Promises />
    </Shell>
  )
}
