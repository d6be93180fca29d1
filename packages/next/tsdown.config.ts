import type { UserConfig } from 'tsdown'
import { fromExports } from '../../tsdown.base.ts'

// File by file: bundling would merge modules and lose each file's own 'use client'.
const config: UserConfig = fromExports(import.meta.url, {
  unbundle: true,
  // `next/server`, not `next/server.js`: only the short names are aliased by Next to the build of each runtime.
  deps: { resolveDepSubpath: false },
  checks: { moduleLevelDirective: false },
})

export default config
