import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Picture } from '../../../components/picture.tsx'
import { DayAnnouncement } from '../../../components/placements/announcement.tsx'
import { Shell } from '../../../components/shell.tsx'

export const metadata: Metadata = { title: 'Thank you' }

type Props = { readonly searchParams: Promise<{ order?: string | string[] }> }

export default async function Page({ searchParams }: Props): Promise<ReactNode> {
  const { order } = await searchParams
  const number = typeof order === 'string' && /^FF-\d{6}$/.test(order) ? order : null
  return (
    <Shell announcement={<DayAnnouncement />}>
      <div className="wrap plain thanks">
        <Picture src="/scenes/fjord.svg" alt="" size={[1600, 900]} />
        <h1>Thank you. It is on the way.</h1>
        {number ? (
          <p className="thanks-number">
            Your order number is <b>{number}</b>
          </p>
        ) : null}
        <p>
          In a real shop somebody in Kendal would now be looking for a box. As this is a demo, nothing was
          charged and nothing was sent.
        </p>
        <Link className="button" href="/">
          Back to the shop
        </Link>
      </div>
    </Shell>
  )
}
