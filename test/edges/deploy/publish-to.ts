import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Ruleset } from '@attune/core'
import { publish } from '../../../packages/cli/src/commands/publish.ts'
import { main } from '../../../packages/cli/src/main.ts'
import { makeIo } from '../../../packages/cli/test/support/make-io.ts'

/** The ruleset of `examples/deploy`. */
export const RULESET: Ruleset = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../../examples/deploy/ruleset.json', import.meta.url)), 'utf8'),
)

/** The same under another revision: one look at something for hikers is enough. */
export const EAGER: Ruleset = {
  ...RULESET,
  revision: '2026-11-23.1',
  segments: {
    'hill-walker': {
      label: 'Looked at a hiking thing',
      when: { count: 'view_item', where: { item_category: 'hiking' }, within: '30d', atLeast: 1 },
    },
  },
}

/** Runs `attune publish <target> <the ruleset> …`, and throws what it said unless it published. */
export async function publishTo(
  words: readonly [target: string, ...options: string[]],
  ruleset: Ruleset,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const [target, ...options] = words
  const folder = mkdtempSync(join(tmpdir(), 'attune-publish-'))
  const file = join(folder, 'ruleset.json')
  writeFileSync(file, JSON.stringify(ruleset))
  const { io, err } = makeIo({ env })
  const code = await main(['publish', target, file, ...options], [publish], io, '1')
  rmSync(folder, { recursive: true })
  if (code !== 0) throw new Error(`attune publish ${target} ended with ${code}: ${err()}`)
}
