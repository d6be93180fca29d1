import type { ReactNode } from 'react'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'

type ShellProps = {
  /** The line above the header. */
  readonly announcement: ReactNode
  /** A bar below the header, such as the cart reminder. */
  readonly bar?: ReactNode
  readonly children: ReactNode
}

/** The frame of every page: announcement, header, content, footer. */
export function Shell({ announcement, bar, children }: ShellProps): ReactNode {
  return (
    <>
      <section className="announcement-slot" aria-label="Notice">
        {announcement}
      </section>
      <Header />
      {bar}
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <Footer />
    </>
  )
}
