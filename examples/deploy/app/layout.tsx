import { AttuneRefresh } from '@attune/next/client'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'

export const metadata: Metadata = { title: 'Outside' }

export default function Layout({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <html lang="en">
      <body>
        <main>{children}</main>
        <script async src="/scripts/attune.js" />
        <AttuneRefresh />
      </body>
    </html>
  )
}
