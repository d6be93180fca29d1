import { createProxy } from '@attune/next/proxy'
import { openReader } from './app/attune/store.ts'
import { isPage } from './lib/is-page.ts'
import ruleset from './ruleset.published.json'

export const proxy = createProxy({
  ruleset,
  secret: process.env.ATTUNE_SECRET,
  store: openReader(),
  exists: isPage,
})

// Pages and /attune, not files. Next reads this line without running it, so it must be written out here.
export const config = {
  matcher: ['/((?!_next/|.*\\.(?:css|ico|jpg|js|png|svg|txt|webp|xml)$).*)', '/attune/:path*'],
}
