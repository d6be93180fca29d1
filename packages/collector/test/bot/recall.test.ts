import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import crawlers from 'crawler-user-agents'
import { describe, expect, test } from 'vitest'
import { isBot } from '../../src/bot/is-bot.ts'
import { tryAgents } from './try-bots.ts'

/** What visitors of real sites said they are. */
function readSeen(): readonly { readonly userAgent: string }[] {
  const folder = dirname(createRequire(import.meta.url).resolve('user-agents'))
  return JSON.parse(readFileSync(join(folder, 'user-agents.json'), 'utf8'))
}

describe('user agents that others collected', () => {
  const { missed, wrong, browsers, programs } = tryAgents(crawlers)

  test('of programs 99.5 % are known', () => {
    expect(programs).toBeGreaterThan(1_000)
    expect(1 - missed.length / programs, missed.join('\n')).toBeGreaterThanOrEqual(0.995)
  })

  test('of browsers, written by their makers’ rules or seen on real sites, at most 0.1 % are taken for programs', () => {
    expect(wrong.length / browsers, wrong.join('\n')).toBeLessThanOrEqual(0.001)
    const seen = readSeen()
    const taken = seen.filter(({ userAgent }) => isBot(userAgent)).map(({ userAgent }) => userAgent)
    expect(seen.length).toBeGreaterThan(1_000)
    expect(taken.length / seen.length, taken.slice(0, 20).join('\n')).toBeLessThanOrEqual(0.001)
  })
})
