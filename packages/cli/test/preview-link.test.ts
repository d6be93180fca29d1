import { createSealKeys } from '@attune/core'
import { readPreview } from '@attune/edge'
import { expect, test } from 'vitest'
import { previewLink } from '../src/commands/preview-link.ts'
import { main } from '../src/main.ts'
import { makeIo } from './support/make-io.ts'

const SECRET = 'a secret of more than thirty-two characters'
const keys = createSealKeys(SECRET)
const NOW = Date.UTC(2026, 10, 22)

async function linkFor(...args: readonly string[]): Promise<URL> {
  const { io, out } = makeIo({ env: { ATTUNE_SECRET: SECRET } })
  expect(await main(['preview-link', ...args], [previewLink], io, '1')).toBe(0)
  return new URL(out().trim())
}

function previewOf(link: URL, site = 'site') {
  return readPreview(keys, site, link.searchParams.get('token') ?? '', NOW)
}

test('the link opens a preview of a day at the site', async () => {
  const link = await linkFor()
  expect(link.origin + link.pathname).toBe('http://localhost:3000/attune/preview')
  expect(previewOf(link)).toEqual({ exp: NOW / 1000 + 86_400 })
})

test('segments, time, length and site go into it', async () => {
  const link = await linkFor(
    ...['--base', 'https://shop.example/', '--hours', '2', '--site', 'shop', '--new-visitor'],
    ...['--at', '2026-12-24T20:00:00Z', '--segment', 'keen', '--segment', 'loyal', '--not-segment', 'new'],
  )
  expect(link.origin).toBe('https://shop.example')
  expect(previewOf(link)).toBeUndefined()
  expect(previewOf(link, 'shop')).toEqual({
    exp: NOW / 1000 + 7200,
    now: Date.UTC(2026, 11, 24, 20),
    assume: { keen: true, loyal: true, new: false },
    profile: 'empty',
  })
})

test.each([
  [['--base', 'shop.example'], '--base is "shop.example".'],
  [['--base', 'https://shop.example/de'], '--base is "https://shop.example/de".'],
  [['--base', 'javascript:alert(1)'], '--base is "javascript:alert(1)".'],
  [['--at', 'tomorrow'], '--at is "tomorrow". Give a time with its zone'],
  [['--hours', '0'], '--hours is "0". Give a whole number from 1 to 168.'],
])('%j is refused with the cure', async (args, message) => {
  const { io, err } = makeIo({ env: { ATTUNE_SECRET: SECRET } })
  expect(await main(['preview-link', ...args], [previewLink], io, '1')).toBe(2)
  expect(err()).toContain(message)
})

test('without a secret there is no link', async () => {
  const { io, out, err } = makeIo()
  expect(await main(['preview-link'], [previewLink], io, '1')).toBe(2)
  expect(out()).toBe('')
  expect(err()).toContain('ATTUNE_SECRET is not set. Set it to sign the link')
})
