import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readPage } from './markdown.ts'

const VARIABLE = /\b(?:ATTUNE|EDGE|ORIGIN|UPSTASH|VERCEL)(?:_[A-Z_]+)?\b/g
const SITE = ['examples/deploy/lib/ruleset.ts', 'examples/deploy/lib/store.ts', 'examples/deploy/proxy.ts']
const ON_UPSTASH = /^(?:UPSTASH|EDGE)_/

/** The variables of a page's table on the environment. */
function documented(name: string): readonly string[] {
  const { text } = readPage(`docs/guide/${name}.md`)
  const [, chapter = ''] = /^## Environment\n([\s\S]*?)^## /m.exec(text) ?? []
  return [...chapter.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, variable]) => variable!).sort()
}

/** The variables that files read. */
function read(paths: readonly string[]): readonly string[] {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const texts = paths.map((path) => readFileSync(`${root}${path}`, 'utf8'))
  return [...new Set(texts.flatMap((text) => text.match(VARIABLE) ?? []))].sort()
}

test('the table for a Worker names what it reads', () => {
  expect(documented('deploy-worker')).toEqual(read(['examples/worker/upstash.ts']))
})

test('the table for Vercel names what the site reads there, and what publishing needs', () => {
  const onVercel = read(SITE).filter((variable) => !['ATTUNE_REDIS_URL', 'ATTUNE_RULESET'].includes(variable))
  expect(documented('deploy-vercel')).toEqual([...onVercel, 'VERCEL_TEAM_ID', 'VERCEL_TOKEN'].sort())
})

test('the table for Node names what the site reads there, and who may ask how it is', () => {
  const onNode = read(SITE).filter((variable) => !ON_UPSTASH.test(variable) && variable !== 'VERCEL')
  expect(documented('deploy-node')).toEqual([...onNode, 'ATTUNE_DATA', 'ATTUNE_HEALTH_TOKEN'].sort())
})
