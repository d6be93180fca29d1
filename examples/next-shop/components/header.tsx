import Link from 'next/link'
import type { ReactNode } from 'react'
import { categories } from '../lib/catalog.ts'
import { CartLink } from './cart-link.tsx'

/** The mark: a fell and its reflection in the fjord. */
export function Mark(): ReactNode {
  return (
    <svg className="mark" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true">
      <circle cx="20" cy="20" r="20" className="mark-sky" />
      <path d="M5 23 15 9l6 8 4-5 10 11Z" className="mark-fell" />
      <path d="M7 26h26M11 30h18M16 34h8" className="mark-water" />
    </svg>
  )
}

/** The shop's sign, menu and cart. */
export function Header(): ReactNode {
  return (
    <header className="header">
      <div className="wrap header-row">
        <Link className="brand" href="/" aria-label="Fell & Fjord, home">
          <Mark />
          <span className="brand-name">
            Fell <i>&amp;</i> Fjord
          </span>
        </Link>
        <nav className="menu" aria-label="Departments">
          <ul>
            {categories.map(({ slug, name }) => (
              <li key={slug}>
                <Link href={`/category/${slug}`}>{name}</Link>
              </li>
            ))}
            <li>
              <Link href="/guides">Guides</Link>
            </li>
          </ul>
        </nav>
        <CartLink />
      </div>
    </header>
  )
}
