import { createHmac } from 'node:crypto'
import {
  type AttuneEvent,
  applyEvents,
  compileRuleset,
  createSealKeys,
  emptyProfile,
  encodeToken,
  encodeVisitor,
  type Profile,
  type Ruleset,
} from '@attune/core'
import { publishRuleset } from '@attune/core/publish'
import { startWordPress, type WordPressSite, type WordPressVersion } from './wordpress.ts'
import { phpText } from './wordpress-ruleset.ts'

/** What the test sites sign with. */
export const SECRET = 'a-secret-of-more-than-thirty-two-characters'

/** A browser that is no bot. */
export const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36'

/** Segments of every scope: `sale` and `over` depend on time alone, `germany` and `mobile` are coarse, the others a visitor's own. */
export const STAGE_DOCUMENT: Ruleset = {
  version: 1,
  revision: 'stage-1',
  timezone: 'UTC',
  events: { view_item: { properties: { item_id: 'string' } }, purchase: {} },
  traits: { member: { type: 'boolean' }, first_name: { type: 'string' } },
  segments: {
    returning: { label: 'Returning visitors', when: { attr: 'visitor.returning', is: true } },
    keen: { when: { count: 'view_item', within: '7d', atLeast: 3 } },
    member: { when: { attr: 'trait.member', is: true } },
    germany: { label: 'Germany', when: { attr: 'geo.country', is: 'DE' } },
    mobile: { when: { attr: 'device.type', is: 'mobile' } },
    sale: { when: { when: { from: '2020-01-01T00:00:00Z' } } },
    over: { when: { when: { until: '2020-01-01T00:00:00Z' } } },
  },
  placements: { ruled: { baseline: 'default', variants: ['default', 'offer'] } },
  experiences: [
    {
      key: 'ruled-offer',
      placement: 'ruled',
      audience: { segment: 'keen' },
      allocation: [{ variant: 'offer', share: 1 }],
    },
  ],
  routes: { '/': ['ruled'] },
}

const published = publishRuleset(STAGE_DOCUMENT)
const compiled = compileRuleset(published)

/** Somebody who looks: what their browser sends. */
export interface Persona {
  readonly cookies?: string
  readonly headers: Readonly<Record<string, string>>
}

/** Somebody of whom nothing is known. */
export const NOBODY: Persona = { headers: { 'user-agent': BROWSER } }
/** Somebody in Germany, of whom nothing else is known. */
export const GERMAN: Persona = { headers: { 'user-agent': BROWSER, 'cf-ipcountry': 'DE' } }

/** The profile of somebody who looked at three things an hour ago. */
export function keenProfile(): Profile {
  const now = Date.now()
  const event = (id: number): AttuneEvent => ({
    id: `event-${id}`,
    name: 'view_item',
    time: now - 3_600_000 - id * 1000,
    properties: {},
    context: {},
  })
  return applyEvents(emptyProfile(compiled.plan), [event(1), event(2), event(3)], compiled.plan)
}

/** Somebody who agreed, came before, and looked at three things an hour ago: in `returning` and `keen`. */
export function keenPersona(site: WordPressSite, visitor = 'keen-visitor-of-22-chr'): Persona {
  const keys = createSealKeys(SECRET)
  const name = new URL(site.origin).host
  const issuedAt = Math.floor(Date.now() / 1000)
  const carried = { profile: keenProfile(), issuedAt, utcOffset: 60 }
  const token = encodeToken(keys, { site: name, visitor }, compiled, carried)
  const cookies = [
    'attune_consent=preferences.statistics',
    `attune_visitor=${encodeVisitor(keys, name, visitor)}`,
    `attune_token=${token}`,
  ]
  return { cookies: cookies.join('; '), headers: { 'user-agent': BROWSER } }
}

/** The value of `attune_k` that says of some segments whether they hold. */
export function keyOf(
  hash: string,
  keys: readonly string[],
  truths: Readonly<Record<string, boolean>>,
): string {
  const bytes = new Uint8Array(8)
  keys.forEach((key, place) => {
    const truth = truths[key]
    if (truth === undefined) return
    const bit = truth ? place : place + 32
    bytes[bit >> 3]! |= 1 << (bit & 7)
  })
  return `v1.${hash.slice(0, 6)}.${Buffer.from(bytes).toString('base64url')}`
}

/** The handshake of an edge that shares the secret. */
export function handshakeOf(site: WordPressSite, seconds: number = Math.floor(Date.now() / 1000)): string {
  const { host } = new URL(site.origin)
  const mac = createHmac('sha256', SECRET).update(`edge\n${seconds}\n${host}`).digest('hex')
  return `v1.${seconds}.${mac}`
}

/** A WordPress with the ruleset in force, and a filter for each test's wishes in the option `test_wishes`. */
export async function startStage(version: WordPressVersion): Promise<WordPressSite> {
  const site = await startWordPress({
    version,
    muPlugins: {
      'stage.php': `<?php
        define( 'ATTUNE_SECRET', '${SECRET}' );
        add_filter( 'attune_cache_is_keyed', static fn ( $is ) => $is || (bool) get_option( 'test_keyed' ) );
        add_filter( 'attune_user_traits', static fn ( $traits ) => $traits + array( 'member' => true ) );
        add_shortcode( 'theme_says', static fn ( $given ) => ( $given['ask'] ?? '' ) === 'context' ? esc_html( wp_json_encode( attune_context() ) ) : ( attune_matches( $given['segment'] ?? '' ) ? 'THEME-YES' : 'THEME-NO' ) );
        add_shortcode( 'count_renders', static function () { $GLOBALS['renders'] = ( $GLOBALS['renders'] ?? 0 ) + 1; return 'RENDERED'; } );
        add_action( 'wp_footer', static function () { echo '<i id="queries">', get_num_queries(), '</i><i id="renders">', $GLOBALS['renders'] ?? 0, '</i>'; }, 99 );
        add_action( 'attune_horizon', static function ( $until, $post ) { update_option( 'test_horizon', array( $until, $post ) ); }, 10, 2 );
        attune_test_cache_header();
        function attune_test_cache_header() { add_action( 'send_headers', static function () { if ( get_option( 'test_max_age' ) ) { header( 'Cache-Control: public, max-age=' . (int) get_option( 'test_max_age' ) ); } } ); }
      `,
    },
  })
  await site.php(`
    Attune\\publish_ruleset( ${phpText(JSON.stringify(published))} );
    Attune\\save_settings( array( 'geo_header' => 'CF-IPCountry' ) );
  `)
  return site
}

/** The hash of the ruleset in force and its key segments. */
export async function keysOf(
  site: WordPressSite,
): Promise<{ readonly hash: string; readonly keys: string[] }> {
  const text = await site.php(
    `$ruleset = Attune\\load_ruleset(); echo wp_json_encode( array( 'hash' => $ruleset['hash'], 'keys' => $ruleset['key_segments'] ) );`,
  )
  return JSON.parse(text)
}

/** Publishes a post; resolves to its id. */
export async function addPost(
  site: WordPressSite,
  post: { readonly name: string; readonly content: string; readonly type?: string; readonly title?: string },
): Promise<number> {
  const { name, content, type = 'page', title = name } = post
  return Number(
    await site.php(`
      echo wp_insert_post( wp_slash( array(
        'post_type' => '${type}', 'post_status' => 'publish', 'post_name' => '${name}', 'post_title' => '${title}', 'post_content' => ${phpText(content)},
      ) ) );
    `),
  )
}

/** A paragraph block. */
export const paragraph = (text: string): string => `<!-- wp:paragraph --><p>${text}</p><!-- /wp:paragraph -->`

/** A variant block. */
export function variant(attributes: object, ...content: readonly string[]): string {
  return `<!-- wp:attune/variant ${attributesOf(attributes)} -->${content.join('\n')}<!-- /wp:attune/variant -->`
}

/** An Adaptive Content block. */
export function adaptive(attributes: object, ...variants: readonly string[]): string {
  return `<!-- wp:attune/adaptive ${attributesOf(attributes)} -->${variants.join('\n')}<!-- /wp:attune/adaptive -->`
}

/** Attributes as WordPress writes them into a block's comment. */
export function attributesOf(value: object): string {
  return JSON.stringify(value)
    .replace(/--/g, '\\u002d\\u002d')
    .replace(/</g, '\\u003c')
    .replace(/>/g, '\\u003e')
    .replace(/&/g, '\\u0026')
    .replace(/\\"/g, '\\u0022')
}

/** What a visitor without scripts sees of a page: the texts MARK-… that are not at rest. */
export function marksOf(html: string): readonly string[] {
  const shown = html.replace(/<script.*?<\/script>/gs, '').replace(/<template.*?<\/template>/gs, '')
  return shown.match(/MARK-[A-Z0-9-]+/g) ?? []
}

/** All texts MARK-… of a page, at rest or not. */
export function allMarksOf(html: string): readonly string[] {
  return html.match(/MARK-[A-Z0-9-]+/g) ?? []
}
