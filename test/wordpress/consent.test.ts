import type { Tracker } from '@attune/tracker'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConsent, writeConsent } from '../../packages/tracker/src/consent/consent-cookie.ts'
import { localConsent } from '../../packages/tracker/src/local/local-visitor.ts'
import { followConsentApi, unaskedPurposes } from '../../packages/wordpress/src/front/consent-api.ts'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { phpText } from '../support/wordpress-ruleset.ts'

/** What both sides know of a visitor. */
interface Case {
  /** The owner wants a stated yes. */
  readonly explicit: boolean
  readonly cookies: string
  readonly gpc: boolean
  /** The consent type of the WP Consent API; '' while nobody asks; missing without that plugin. */
  readonly type?: string
  /** Purposes that a visitor allowed there. */
  readonly allowed?: readonly string[]
}

let site: WordPressSite

beforeAll(async () => {
  site = await startWordPress({ version: '6.7' })
})
afterAll(() => site?.stop())

// The interface's own rules, as its plugin has them: without a type everything is allowed.
const API = `
  function wp_get_consent_type() { return $GLOBALS['case']['type']; }
  function wp_has_consent( $category ) { return '' === $GLOBALS['case']['type'] || in_array( $category, $GLOBALS['case']['allowed'], true ); }`

async function inPhp(cases: readonly Case[], withApi: boolean): Promise<readonly (readonly string[])[]> {
  const text = await site.php(`
    Attune\\load_stage();
    ${withApi ? API : ''}
    $all = array();
    foreach ( json_decode( ${phpText(JSON.stringify(cases))}, true ) as $case ) {
      Attune\\save_settings( array( 'explicit_consent' => $case['explicit'] ) );
      $_SERVER['HTTP_COOKIE']  = $case['cookies'];
      $_SERVER['HTTP_SEC_GPC'] = $case['gpc'] ? '1' : '';
      $granted = Attune\\read_consent();
      $all[]   = array_values( array_filter( Attune\\Core\\PURPOSES, fn ( $purpose ) => 'functional' !== $purpose && Attune\\Core\\is_granted( $granted, $purpose ) ) );
    }
    echo wp_json_encode( $all );
  `)
  return JSON.parse(text)
}

function inBrowser({ explicit, cookies, gpc, type, allowed = [] }: Case): readonly string[] {
  const consentApi = type !== undefined
  const asked = (purpose: string): boolean => type === '' || allowed.includes(purpose)
  const window = makeWindow(cookies, {
    navigator: { globalPrivacyControl: gpc },
    ...(consentApi ? { wp_has_consent: asked, wp_fallback_consent_type: type } : {}),
  })
  const unasked = unaskedPurposes(window, { explicitConsent: explicit, consentApi })
  const consent: Tracker['consent'] = (choice) => {
    if (choice) writeConsent(window, choice)
    return readConsent(window)
  }
  if (consentApi) followConsentApi(window, { consent }, unasked)
  const granted = Object.entries(localConsent(window, unasked))
  return granted.filter(([, isGranted]) => isGranted).map(([purpose]) => purpose)
}

// As much of one as the asking for consent needs.
function makeWindow(cookies: string, more: object): Window {
  let kept = cookies
  const document = {
    addEventListener: () => {},
    get cookie(): string {
      return kept
    },
    set cookie(text: string) {
      const [pair = ''] = text.split(';')
      const [name = ''] = pair.split('=')
      kept = [...kept.split('; ').filter((one) => !one.startsWith(`${name}=`)), pair].join('; ')
    },
  }
  // The rest of a window is not looked at.
  return { document, location: { protocol: 'https:' }, ...more } as unknown as Window
}

const EXPLICIT = [true, false]
const COOKIES = [
  '',
  'other=1',
  'attune_consent=none',
  'attune_consent=',
  'attune_consent=preferences',
  'attune_consent=marketing.statistics',
  'attune_consent=preferences; attune_consent=none',
]

async function expectAlike(
  cases: readonly Case[],
  withApi: boolean,
): Promise<readonly (readonly string[])[]> {
  const heard = await inPhp(cases, withApi)
  const sorted = (all: readonly string[]) => [...all].sort()
  const told = cases.map((each, at) => [each, sorted(heard[at]!)])
  expect(told).toEqual(cases.map((each) => [each, sorted(inBrowser(each))]))
  return heard
}

describe('server and browser grant alike', () => {
  test('by our own cookie, with and without the owner’s word for those who were not asked, under Global Privacy Control', async () => {
    const cases = EXPLICIT.flatMap((explicit) =>
      COOKIES.flatMap((cookies) => [false, true].map((gpc) => ({ explicit, cookies, gpc }))),
    )
    const heard = await expectAlike(cases, false)
    const unasked = cases.flatMap(({ explicit, cookies }, at) =>
      explicit || cookies !== '' ? [] : [heard[at]],
    )
    expect(unasked).toEqual([['preferences', 'statistics-anonymous'], ['statistics-anonymous']])
    const marketing = cases.filter((_, at) => heard[at]!.includes('marketing'))
    expect(marketing.map(({ gpc }) => gpc)).toEqual([false, false])
  })

  test('by the WP Consent API, whether somebody asks there or nobody does', async () => {
    const cases = EXPLICIT.flatMap((explicit) =>
      ['', 'optin'].flatMap((type) =>
        [[], ['preferences'], ['preferences', 'marketing']].flatMap((allowed) =>
          COOKIES.map((cookies) => ({ explicit, cookies, gpc: allowed.length > 1, type, allowed })),
        ),
      ),
    )
    await expectAlike(cases, true)
  })

  test('by a no that a script noted there, when nobody asks any more', async () => {
    const noted = ['preferences=deny', 'preferences=allow', 'statistics-anonymous=deny']
    const cases = EXPLICIT.flatMap((explicit) =>
      COOKIES.flatMap((cookies) =>
        noted.map((said) => ({
          explicit,
          cookies: `${cookies || 'x=1'}; wp_consent_${said}`,
          gpc: false,
          type: '',
        })),
      ),
    )
    const heard = await expectAlike(cases, true)
    const refused = cases.flatMap(({ cookies }, at) =>
      cookies.includes('_preferences=deny') ? [heard[at]] : [],
    )
    expect(refused.flat()).not.toContain('preferences')
  })
})

test('a no that a script noted is obeyed before our cookie follows it', async () => {
  const cookies =
    'attune_consent=preferences.statistics.marketing; wp_consent_preferences=deny; wp_consent_marketing=allow'
  const heard = await inPhp([{ explicit: true, cookies, gpc: false, type: '' }], true)
  expect(heard).toEqual([['statistics', 'marketing']])
})

test('a cookie that cannot be read may be a refusal', async () => {
  const twice = 'attune_consent=none; attune_consent=none'
  const long = `${'x'.repeat(9_000)}=1; attune_consent=none`
  const cases = [twice, long].map((cookies) => ({ explicit: false, cookies, gpc: false }))
  expect(await inPhp(cases, false)).toEqual([[], []])
  const denied = `${'x'.repeat(9_000)}=1; wp_consent_preferences=deny`
  expect(await inPhp([{ explicit: false, cookies: denied, gpc: false, type: '' }], true)).toEqual([[]])
})

test('by https what was signed counts under its name for this host alone', async () => {
  const heard = await site.php(`
    Attune\\load_stage();
    $signed = 'attune_visitor=' . Attune\\Core\\sign_visitor( Attune\\seal_keys(), Attune\\settings()['site'], 'CCCCCCCCCCCCCCCCCCCCCC' );
    $other  = 'attune_visitor=' . Attune\\Core\\sign_visitor( Attune\\seal_keys(), Attune\\settings()['site'], 'planted' );
    $all    = array();
    foreach ( array( 'off', 'on' ) as $https ) {
      foreach ( array( $signed, "__Host-$signed", "$other; __Host-$signed" ) as $cookies ) {
        $_SERVER['HTTPS']       = $https;
        $_SERVER['HTTP_COOKIE'] = $cookies;
        $all[] = Attune\\read_visitor();
      }
    }
    echo wp_json_encode( $all );
  `)
  const id = 'C'.repeat(22)
  expect(JSON.parse(heard)).toEqual([id, id, null, null, id, id])
})
