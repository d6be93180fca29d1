import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { GuideCards } from '../../components/guide-cards.tsx'
import { DayAnnouncement } from '../../components/placements/announcement.tsx'
import { Shell } from '../../components/shell.tsx'

export const metadata: Metadata = { title: 'Guides' }

export default function Page(): ReactNode {
  return (
    <Shell announcement={<DayAnnouncement />}>
      <div className="plain">
        <h1 className="wrap">Guides</h1>
        <GuideCards />
      </div>
    </Shell>
  )
}
