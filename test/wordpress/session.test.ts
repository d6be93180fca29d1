import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { phpText, publishOn } from '../support/wordpress-ruleset.ts'
import {
  adaptive,
  addPost,
  allMarksOf,
  BROWSER,
  keyOf,
  keysOf,
  paragraph,
  variant,
} from '../support/wordpress-stage.ts'

let site: WordPressSite

const shown = (name: string, delivery: string): string =>
  adaptive(
    { placementId: name, delivery },
    variant({ key: 'back', segments: ['second', 'long'], match: 'any' }, paragraph('MARK-BACK')),
    variant({ key: 'first', segments: ['first'] }, paragraph('MARK-FIRST')),
    variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
  )

beforeAll(async () => {
  site = await startWordPress({ version: '6.7' })
  await publishOn(site, {
    version: 1,
    revision: 'session.1',
    events: { page_view: {} },
    segments: {
      second: { when: { attr: 'session.number', atLeast: 2 } },
      long: { when: { attr: 'session.seconds', atLeast: 600 } },
      first: { when: { attr: 'session.pageViews', exists: true } },
    },
  })
  await addPost(site, { name: 'hero', content: shown('hero', 'server') })
})
afterAll(() => site?.stop())

const seconds = (): number => Math.floor(Date.now() / 1000)
const marks = async (session: string, consent = 'preferences', more = ''): Promise<readonly string[]> => {
  const cookies = [`attune_consent=${consent}`, session && `attune_session=${session}`, more]
  const asked = { cookies: cookies.filter(Boolean).join('; '), headers: { 'user-agent': BROWSER } }
  return allMarksOf(await (await site.fetch('/hero/', asked)).text())
}

describe('PHP answers of a session what every other host does', () => {
  test.each([
    ['the first', (now: number) => `1.1.${now - 30}.${now - 5}`, 'MARK-FIRST'],
    ['the second', (now: number) => `2.1.${now - 30}.${now - 5}`, 'MARK-BACK'],
    ['the first, for eleven minutes', (now: number) => `1.4.${now - 660}.${now - 5}`, 'MARK-BACK'],
    ['the first, over: it is the second', (now: number) => `1.4.${now - 6_000}.${now - 1_900}`, 'MARK-BACK'],
    ['none', () => '', 'MARK-DEFAULT'],
    ['nonsense', () => '1.1.<b>.1', 'MARK-DEFAULT'],
  ])('%s', async (_, session, mark) => {
    expect(await marks(session(seconds()))).toEqual([mark])
  })

  test('nothing without consent to preferences', async () => {
    const session = `2.1.${seconds() - 30}.${seconds()}`
    expect(await marks(session, 'statistics')).toEqual(['MARK-DEFAULT'])
    expect(await marks(session, 'none')).toEqual(['MARK-DEFAULT'])
  })

  test('two cookies of the name are none', async () => {
    const session = `2.1.${seconds() - 30}.${seconds()}`
    expect(await marks(session, 'preferences', `attune_session=${session}`)).toEqual(['MARK-DEFAULT'])
  })

  test('what the browser worked out goes before, as long as its key lasts', async () => {
    const { hash, keys } = await keysOf(site)
    const key = keyOf(hash, keys, { second: true, long: false })
    expect(await marks(`1.1.${seconds() - 30}.${seconds()}`, 'preferences', `attune_k=${key}`)).toEqual([
      'MARK-BACK',
    ])
  })
})

test('a segment of sessions is the visitor’s own: no page is kept for it', async () => {
  const scopes = JSON.parse(await site.php(`echo wp_json_encode( Attune\\load_ruleset()['scopes'] );`))
  expect(scopes).toEqual({ second: 'private', long: 'private', first: 'private' })
  const answer = await site.fetch('/hero/', { headers: { 'user-agent': BROWSER } })
  expect(answer.headers.get('cache-control')).toMatch(/private|no-store/)
})

test('a fragment is chosen by the session as it was when its page was asked for', async () => {
  const read = async (header: string, isRest: boolean): Promise<unknown> =>
    JSON.parse(
      await site.php(`
        ${isRest ? "define( 'REST_REQUEST', true );" : ''}
        Attune\\load_stage();
        $_SERVER['HTTP_COOKIE'] = 'attune_consent=preferences; attune_session=1.2.3.4';
        $_SERVER['HTTP_ATTUNE_SESSION'] = ${phpText(header)};
        echo wp_json_encode( Attune\\read_session_text() );
      `),
    )
  expect(await read('1.1.3.4', true)).toBe('1.1.3.4')
  expect(await read('', true)).toBe('1.2.3.4')
  expect(await read('1.1.3.4', false)).toBe('1.2.3.4')
})

test('leaves nothing in the log of errors', () => {
  expect(site.debugLog()).toBe('')
})
