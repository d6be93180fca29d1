import { expect, test } from 'vitest'
import { createGpcAnswer } from '../../src/index.ts'

test('the well-known document says that the signal is kept to, and since when', async () => {
  const answer = createGpcAnswer({ lastUpdate: '2026-11-22' })()
  expect(await answer.json()).toEqual({ gpc: true, lastUpdate: '2026-11-22' })
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(answer.headers.get('cache-control')).toBe('public, max-age=86400')
})

test.each(['', '22.11.2026', '2026-13-01', '2026-11-22T00:00:00Z'])('"%s" is no day', (lastUpdate) => {
  expect(() => createGpcAnswer({ lastUpdate })).toThrow(/`lastUpdate` is .* Name a day/)
})
