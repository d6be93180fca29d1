// Plausible's, Umami's and PostHog's scripts, as npm has them and as their sites serve them.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { installPeers } from '../rules/install-peers.mjs'

/** Reads them, each under its name and version; installs them first where they are not. */
export async function readTrackerPeers() {
  await installPeers('tracker-peers')
  const peers = createRequire(new URL('../tracker-peers/package.json', import.meta.url))
  const tracker = createRequire(new URL('../../packages/tracker/package.json', import.meta.url))
  const { minify } = await import(peers.resolve('terser'))
  const read = (name, path) =>
    readFileSync(join(dirname(peers.resolve(`${name}/package.json`)), path), 'utf8')
  const plausible = dirname(tracker.resolve('@plausible-analytics/tracker'))
  // Umami's package holds its source, which it minifies so before it serves it.
  const umami = await minify(read('umami', 'src/tracker/index.js'), { compress: { evaluate: false } })
  return {
    plausible: {
      name: '@plausible-analytics/tracker',
      code: readFileSync(join(plausible, 'plausible.js'), 'utf8'),
    },
    umami: { name: 'umami 2.10.0', code: umami.code },
    posthog: { name: 'posthog-js 1.449.2 (array.js)', code: read('posthog-js', 'dist/array.js') },
  }
}
