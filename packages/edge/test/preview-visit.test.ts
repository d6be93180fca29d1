import { expect, test } from 'vitest'
import { createPersonalizer, type Personalized } from '../src/personalize.ts'
import { createPreview, type Preview } from '../src/preview/preview.ts'
import { ANNA, keys, makeCookies, makeOptions, makeProfile, makeRequest, makeViews, NOW } from './make.ts'

const personalizer = createPersonalizer(makeOptions())
const hiker = makeProfile(makeViews(3))

async function look(
  path: string,
  preview: Omit<Preview, 'exp'>,
  cookies = makeCookies(ANNA, hiker),
): Promise<Personalized> {
  const attune_preview = createPreview(keys, 'site', { exp: NOW / 1000 + 60, ...preview })
  return (await personalizer.personalize(makeRequest(path, { ...cookies, attune_preview })))!
}

function variants({ decisions }: Personalized): readonly string[] {
  return decisions.map(({ variant }) => variant)
}

test('a preview shows a page as another segment, pins nothing and says so', async () => {
  const answer = await look('/cart', { assume: { hiker: false, newcomer: true } })
  expect([variants(answer), answer.cookies, answer.preview]).toEqual([['welcome'], [], true])
})

test('a preview shows a page at another time', async () => {
  const cookies = makeCookies(ANNA, hiker, { utcOffset: 0 })
  expect(variants(await look('/product/new', {}, cookies))).toEqual(['none'])
  expect(variants(await look('/product/new', { now: NOW + 11 * 3_600_000 }, cookies))).toEqual(['night'])
})

test('a preview before the newest event uses the profile all the same', async () => {
  expect(variants(await look('/product/new', { now: NOW - 86_400_000 }))).toEqual(['none'])
})

test('a preview shows a page from another place, without consent, or to somebody unknown', async () => {
  expect(variants(await look('/', { context: { device: { type: 'mobile' } } }))).toEqual(['hiking', 'nearby'])
  const denied = await look('/', { consent: {} })
  expect([variants(denied), denied.cookies]).toEqual([['default', 'popular'], []])
  expect(variants(await look('/', { profile: 'empty' }))).toEqual(['welcome', 'popular'])
})

test('a preview may grant consent for somebody without cookies', async () => {
  expect(variants(await look('/cart', { consent: { preferences: true } }, {}))).toEqual(['welcome'])
})

test('a void preview changes nothing', async () => {
  const attune_preview = createPreview(keys, 'site', { exp: NOW / 1000, assume: { hiker: false } })
  const answer = (await personalizer.personalize(
    makeRequest('/cart', { ...makeCookies(ANNA, hiker), attune_preview }),
  ))!
  expect([variants(answer), answer.preview, answer.cookies.length]).toEqual([['hiking'], false, 1])
})
