import type { ReactNode } from 'react'
import { DeliveryIcon, MoonIcon } from '../icons.tsx'

/** The line above the header by day, also on pages that are the same for everybody. */
export function DayAnnouncement(): ReactNode {
  return (
    <p className="announcement">
      <DeliveryIcon />
      Free delivery over £50, and sixty days to return
    </p>
  )
}

function NightAnnouncement() {
  return (
    <p className="announcement announcement-night">
      <MoonIcon />
      Still up? Orders placed before 6 am leave today
    </p>
  )
}

/** The line above the header, by the visitor's local hour. */
export const announcement: Record<string, ReactNode> = {
  day: <DayAnnouncement />,
  night: <NightAnnouncement />,
}
