import { AttuneRefresh } from '@attune/next/client'
import { AttuneOverlay } from '@attune/next/overlay'
import type { ReactNode } from 'react'

// Notes what pages say before the script is there; the script takes it over.
const STUB = 'window.attune=window.attune||{q:[],track(...a){this.q.push(a)}}'

/** The one place for the tracker's script and what goes with it; the layout puts it on every page. */
export function Tracking(): ReactNode {
  return (
    <>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: STUB is a constant of this file, nothing of a request is in it */}
      <script dangerouslySetInnerHTML={{ __html: STUB }} />
      <script async src="/scripts/attune.js" />
      <AttuneRefresh />
      <AttuneOverlay />
    </>
  )
}
