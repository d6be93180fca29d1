import type { ReactNode } from 'react'
import { ArrowIcon } from '../icons.tsx'

// A plain link: its target is on the same page.
function Control() {
  return (
    <a className="hero-cta" href="#departments" data-attune-click="hero-cta">
      Shop the range
    </a>
  )
}

function Bold() {
  return (
    <a className="hero-cta hero-cta-bold" href="#departments" data-attune-click="hero-cta">
      Find your next adventure
      <ArrowIcon />
    </a>
  )
}

/** The call to action in the hero: an experiment. */
export const heroCta: Record<string, ReactNode> = { control: <Control />, bold: <Bold /> }
