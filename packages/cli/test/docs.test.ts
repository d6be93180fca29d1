import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { commands } from '../src/commands/all.ts'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

test('the mapping in the docs is the one that stands among the examples', () => {
  expect(read('../../../docs/replay.md')).toContain(read('../examples/online-retail.mapping.json'))
})

test('the guide tells of every command', () => {
  const guide = read('../../../docs/guide/cli.md')
  for (const { name } of commands) expect(guide).toContain(`\n## ${name}\n`)
})
