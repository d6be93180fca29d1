import { expect, test } from 'vitest'
import { isBot } from '../../src/bot/is-bot.ts'
import { browserAgents } from './browser-agents.ts'

test('of thousands of browsers at most one in a thousand is taken for a program', () => {
  const agents = browserAgents()
  const wrong = agents.filter(isBot)
  expect(agents.length).toBeGreaterThan(4_000)
  expect(wrong.length / agents.length).toBeLessThanOrEqual(0.001)
})

test.each([
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0.0.0 Safari/537.36',
  'curl/8.5.0',
  'python-requests/2.32.3',
  'GPTBot/1.2 (+https://openai.com/gptbot)',
  '-',
])('%s is a program', (agent) => {
  expect(isBot(agent)).toBe(true)
})

test('no user agent says nothing', () => {
  expect([isBot(''), isBot(null), isBot(undefined)]).toEqual([false, false, false])
})
