import { expect, test } from 'vitest'
import { isCollectPath, isEndpoint } from '../src/host/endpoints.ts'

test.each(['collect', 'collect/profile', 'consent', 'explain', 'preview', 'ruleset'])(
  '/attune/%s is a path that a site answers',
  (name) => {
    expect([isEndpoint(`/attune/${name}`), isEndpoint(`/attune/${name}/`)]).toEqual([true, true])
    expect(isEndpoint(`/attune/${name}/x`)).toBe(false)
  },
)

test('only events go to the collector that a host was handed', () => {
  expect(isCollectPath('/attune/collect')).toBe(true)
  expect(['/attune/consent', '/attune/collect/profile'].map(isCollectPath)).toEqual([false, false])
})
