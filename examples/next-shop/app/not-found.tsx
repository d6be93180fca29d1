import Link from 'next/link'
import type { ReactNode } from 'react'
import { DayAnnouncement } from '../components/placements/announcement.tsx'
import { Shell } from '../components/shell.tsx'

export default function NotFound(): ReactNode {
  return (
    <Shell announcement={<DayAnnouncement />}>
      <div className="wrap plain cart-empty">
        <h1>Off the path</h1>
        <p>There is nothing at this address. The cairn must have blown over.</p>
        <Link className="button" href="/">
          Back to the shop
        </Link>
      </div>
    </Shell>
  )
}
