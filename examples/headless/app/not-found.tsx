import Link from 'next/link'
import type { ReactNode } from 'react'

export default function NotFound(): ReactNode {
  return (
    <article>
      <h1>Nothing here</h1>
      <p>
        There is no page at this address. <Link href="/">To the front page</Link>
      </p>
    </article>
  )
}
