import { createSealKeys } from '@attune/core'
import { createPreview, readPreview } from '@attune/edge'
import { describe, expect, test } from 'vitest'
import { createPreviewLink } from '../src/preview/preview-link.ts'
import { createPreviewRoute } from '../src/preview/preview-route.ts'
import { SECRET } from './support/make-ruleset.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const EXP = NOW / 1000 + 3_600
const keys = createSealKeys(SECRET)
const token = createPreview(keys, 'site', { exp: EXP })
const route = createPreviewRoute({ secret: SECRET, open: false, clock: () => NOW })

function makeChange(body: unknown, headers: Record<string, string> = {}): Request {
  return new Request('http://localhost:3000/attune/preview', {
    method: 'POST',
    headers: {
      origin: 'http://localhost:3000',
      'content-type': 'application/json',
      cookie: `attune_preview=${token}`,
      ...headers,
    },
    body: JSON.stringify(body),
  })
}

/** The preview that an answer sets. */
function previewIn(response: Response): unknown {
  const [cookie = ''] = response.headers.getSetCookie()
  return readPreview(keys, 'site', /^attune_preview=([^;]*)/.exec(cookie)?.[1] ?? '', NOW)
}

describe('a signed link', () => {
  test('begins a preview until its end, and says so to scripts', async () => {
    const response = await route.GET(new Request(`http://localhost:3000/attune/preview?token=${token}`))
    expect(response.status).toBe(307)
    expect(response.headers.get('location')).toBe('/')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.getSetCookie()).toEqual([
      `attune_preview=${token}; Path=/; SameSite=Lax; Max-Age=3600; HttpOnly`,
      'attune_preview_on=1; Path=/; SameSite=Lax; Max-Age=3600',
    ])
  })

  test('sets secure cookies behind TLS', async () => {
    const headers = { host: 'shop.example', 'x-forwarded-proto': 'https' }
    const response = await route.GET(
      new Request(`http://localhost:3000/attune/preview?token=${token}`, { headers }),
    )
    for (const cookie of response.headers.getSetCookie()) expect(cookie).toContain('; Secure')
  })

  test.each([
    ['none', ''],
    ['a forged one', `${token}x`],
    ['one that is over', createPreview(keys, 'site', { exp: NOW / 1000 })],
    ['one of another site', createPreview(keys, 'other', { exp: EXP })],
  ])('%s is not found', async (_, given) => {
    const response = await route.GET(new Request(`http://localhost:3000/attune/preview?token=${given}`))
    expect([response.status, response.headers.getSetCookie()]).toEqual([404, []])
  })

  test('is made for an origin and lasts a day unless told', async () => {
    const link = new URL(
      createPreviewLink({ origin: 'https://shop.example', secret: SECRET, until: NOW + 5_000 }),
    )
    expect(link.origin + link.pathname).toBe('https://shop.example/attune/preview')
    expect(readPreview(keys, 'site', link.searchParams.get('token') ?? '', NOW)).toEqual({
      exp: NOW / 1000 + 5,
    })
  })
})

describe('a change', () => {
  test('is signed anew and ends when the preview would have ended', async () => {
    const asked = {
      now: NOW + 1000,
      assume: { hiker: true },
      consent: { preferences: true },
      profile: 'empty',
    }
    const response = await route.POST(makeChange(asked))
    expect(response.status).toBe(204)
    expect(previewIn(response)).toEqual({ ...asked, exp: EXP })
  })

  test('cannot say when the preview ends, nor anything else', async () => {
    const response = await route.POST(makeChange({ exp: EXP * 2, role: 'admin' }))
    expect(previewIn(response)).toEqual({ exp: EXP })
  })

  test('may end it', async () => {
    const response = await route.POST(makeChange({ end: true }))
    expect(response.headers.getSetCookie()).toEqual([
      'attune_preview=; Path=/; SameSite=Lax; Max-Age=0; HttpOnly',
      'attune_preview_on=1; Path=/; SameSite=Lax; Max-Age=0',
    ])
  })

  test.each([
    ['a list', []],
    ['a time that is text', { now: '2026' }],
    ['a segment neither in nor out', { assume: { hiker: 'yes' } }],
    ['another profile', { profile: 'visitor-2' }],
    ['a consent that is none', { consent: { everything: true } }],
    ['4 KB', { assume: Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`segment-${at}`, true])) }],
  ])('to %s is refused', async (_, body) => {
    const response = await route.POST(makeChange(body))
    expect([response.status, response.headers.getSetCookie()]).toEqual([400, []])
  })

  test.each([
    ['from another site', { origin: 'https://elsewhere.example' }, 403],
    ['of another type', { 'content-type': 'text/plain' }, 415],
    ['without a preview', { cookie: '' }, 404],
    ['with two previews', { cookie: `attune_preview=${token}; attune_preview=${token}` }, 404],
  ])('%s is refused', async (_, headers, status) => {
    const response = await route.POST(makeChange({}, headers))
    expect([response.status, response.headers.getSetCookie()]).toEqual([status, []])
  })

  test('is open to all in development, for a day', async () => {
    const open = createPreviewRoute({ secret: SECRET, open: true, clock: () => NOW })
    const response = await open.POST(makeChange({ assume: { hiker: true } }, { cookie: '' }))
    expect(previewIn(response)).toEqual({ assume: { hiker: true }, exp: NOW / 1000 + 86_400 })
  })
})
