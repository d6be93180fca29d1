import { AttuneRefresh } from '@attune/next/client'
import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { ConsentBar } from '../components/consent-bar.tsx'
import './globals.css'

export const metadata: Metadata = { title: 'Halden Coffee' }

export default function Layout({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <html lang="en">
      <body>
        <header>
          <Link href="/">Halden Coffee</Link>
        </header>
        <main>{children}</main>
        <ConsentBar />
        <script async src="/scripts/attune.js" />
        <AttuneRefresh />
      </body>
    </html>
  )
}
