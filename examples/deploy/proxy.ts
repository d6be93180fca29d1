import { createProxy } from '@attune/next/proxy'
import { openRuleset } from './lib/ruleset.ts'
import { openReader } from './lib/store.ts'

export const proxy = createProxy({
  ruleset: openRuleset,
  secret: process.env.ATTUNE_SECRET,
  store: openReader(),
})

// Pages and /attune, not files. Next reads this line without running it, so it must be written out here.
export const config = {
  matcher: ['/((?!_next/|.*\\.(?:css|ico|jpg|js|png|svg|txt|webp|xml)$).*)', '/attune/:path*'],
}
