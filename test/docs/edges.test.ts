import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { blocksOf, readPage } from './markdown.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

// Files that the tests in `test/edges` run, and `following.test.ts` beside this one.
const RUN = [
  'examples/deploy/lib/ruleset.ts',
  'examples/deploy/lib/store.ts',
  'examples/hono/following-app.ts',
  'examples/hono/hono-app.ts',
  'examples/hono/node-app.ts',
  'examples/hono/web-app.ts',
  'examples/worker/site.ts',
  'examples/worker/upstash.ts',
  'examples/worker/wordpress.ts',
  'test/edges/next-app/middleware.js',
  'test/edges/wordpress/collecting.ts',
]
const plain = (text: string): string => text.replace(/\s+/g, ' ').trim()
const sources = RUN.map((path) => plain(readFileSync(`${root}${path}`, 'utf8')))

const examples = ['edges', 'worker', 'deploy-node', 'deploy-vercel', 'deploy-worker']
  .flatMap((name) => blocksOf(readPage(`docs/guide/${name}.md`)))
  .filter(({ info }) => ['ts', 'js'].includes(info))

test('the pages on hosts have examples', () => {
  expect(examples.length).toBeGreaterThan(5)
})

test.each(examples.map(({ place, text }) => [place, text] as const))(
  '%s is code that the tests run',
  (_, text) => {
    expect(sources.some((source) => source.includes(plain(text)))).toBe(true)
  },
)
