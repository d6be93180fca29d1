import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { Consent } from '../components/consent.tsx'
import { Tracking } from '../components/tracking.tsx'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Fell & Fjord: outdoor gear that can be repaired', template: '%s · Fell & Fjord' },
  description: 'Boots, ropes, tents and bikes for the long way round, chosen by people who use them.',
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#17362f' },
    { media: '(prefers-color-scheme: dark)', color: '#0d1515' },
  ],
}

export default function Layout({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <html lang="en-GB">
      <body>
        <Consent />
        <nav aria-label="Shortcuts">
          <a className="skip" href="#content">
            Skip to the content
          </a>
        </nav>
        {children}
        <Tracking />
      </body>
    </html>
  )
}
