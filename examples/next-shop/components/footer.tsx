import Link from 'next/link'
import type { ReactNode } from 'react'
import { categories } from '../lib/catalog.ts'
import { guides } from '../lib/guides.ts'
import { PrivacyChoicesButton } from './privacy-choices-button.tsx'

/** Where we are, what we promise, and the way back to the privacy choices. */
export function Footer(): ReactNode {
  return (
    <footer className="footer">
      <div className="wrap footer-columns">
        <div>
          <p className="footer-name">Fell &amp; Fjord</p>
          <p>
            Outdoor gear that can be repaired, chosen by people who use it. Kendal and Bergen, since 1987.
          </p>
        </div>
        <nav aria-label="Shop">
          <h2>Shop</h2>
          <ul>
            {categories.map(({ slug, name }) => (
              <li key={slug}>
                <Link href={`/category/${slug}`}>{name}</Link>
              </li>
            ))}
          </ul>
        </nav>
        <nav aria-label="Guides">
          <h2>Read</h2>
          <ul>
            {guides.map(({ slug, title }) => (
              <li key={slug}>
                <Link href={`/guides/${slug}`}>{title}</Link>
              </li>
            ))}
          </ul>
        </nav>
        <div>
          <h2>Help</h2>
          <ul>
            <li>
              <Link href="/account">Your account</Link>
            </li>
            <li>
              <Link href="/privacy">Privacy</Link>
            </li>
            <li>
              <PrivacyChoicesButton />
            </li>
            <li>
              <a href="/attune/my-data">Your data</a>
            </li>
          </ul>
        </div>
      </div>
      <div className="wrap footer-end">
        <p>A demo shop for Attune. Nothing here is for sale and nothing is charged.</p>
      </div>
    </footer>
  )
}
