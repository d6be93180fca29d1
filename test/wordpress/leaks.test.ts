import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WordPressSite } from '../support/wordpress.ts'
import {
  adaptive,
  addPost,
  allMarksOf,
  GERMAN,
  handshakeOf,
  keenPersona,
  keyOf,
  keysOf,
  NOBODY,
  type Persona,
  paragraph,
  startStage,
  variant,
} from '../support/wordpress-stage.ts'

const CONTENT = [
  adaptive(
    { placementId: 'hero' },
    variant({ key: 'germany', segments: ['germany'] }, paragraph('MARK-GERMANY')),
    variant({ key: 'keen', segments: ['keen'] }, paragraph('MARK-KEEN')),
    variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
  ),
  `<!-- wp:paragraph {"metadata":{"attune":{"show":"any","segments":["germany","keen"]}}} --><p>MARK-ROW</p><!-- /wp:paragraph -->`,
  paragraph(
    '[attune segments="germany"]MARK-TAG-G[attune:else-if segments="keen"]MARK-TAG-K[attune:else]MARK-TAG[/attune]',
  ),
].join('')

// Whatever is no page for a person.
const CHANNELS: readonly string[] = [
  '/feed/',
  '/leaky/feed/',
  '/comments/feed/',
  '/?s=leaky',
  '/?s=MARK',
  '/leaky/embed/',
  '/wp-sitemap.xml',
  '/wp-sitemap-posts-post-1.xml',
  '/wp-json/oembed/1.0/embed?url=LEAKY',
  '/wp-json/oembed/1.0/embed?format=xml&url=LEAKY',
  // The field attune_placements holds the public variants, for fronts that choose themselves.
  '/wp-json/wp/v2/posts?search=leaky&_fields=title,content,excerpt,guid,link',
  '/wp-json/wp/v2/search?search=leaky',
  '/wp-json/attune/v1/ruleset',
  '/wp-json/attune/v1/ruleset?for=browser',
  '/wp-admin/admin-ajax.php?action=show_leaky',
]

let site: WordPressSite
let keen: Persona

beforeAll(async () => {
  site = await startStage('6.5')
  keen = keenPersona(site)
  await addPost(site, { name: 'leaky', title: 'leaky', type: 'post', content: CONTENT })
  await site.php(`
    file_put_contents( WPMU_PLUGIN_DIR . '/leaky.php', <<<'PHP'
      <?php
      add_action( 'wp_ajax_nopriv_show_leaky', static function () { echo apply_filters( 'the_content', get_page_by_path( 'leaky', OBJECT, 'post' )->post_content ); exit; } );
      add_action( 'wp_footer', static function () {
        if ( isset( $_GET['mail'] ) ) { wp_mail( 'a@example.org', 'Post', apply_filters( 'the_content', get_page_by_path( 'leaky', OBJECT, 'post' )->post_content ) ); }
        if ( isset( $_GET['excerpt'] ) ) { echo '<q>', get_the_excerpt( get_page_by_path( 'leaky', OBJECT, 'post' ) ), '</q>'; }
      } );
      PHP );
  `)
})
afterAll(() => site?.stop())

const text = async (path: string, persona: Persona): Promise<string> => {
  const answer = await site.fetch(path.replace('LEAKY', encodeURIComponent(`${site.origin}/leaky/`)), persona)
  expect(answer.headers.getSetCookie(), path).toEqual([])
  return answer.text()
}

describe.each(['none', 'auto'])('with the page cache setting %s', (cache) => {
  beforeAll(() => site.php(`Attune\\save_settings( array( 'page_cache' => '${cache}' ) );`))

  test.each(CHANNELS)('%s carries defaults only, whoever asks', async (path) => {
    const { hash, keys } = await keysOf(site)
    const key = keyOf(hash, keys, { germany: true, keen: true })
    const keyed = { ...keen, cookies: `${keen.cookies}; attune_k=${key}` }
    const edge = { ...GERMAN, headers: { ...GERMAN.headers, 'x-attune-edge': handshakeOf(site) } }
    for (const persona of [NOBODY, GERMAN, keen, keyed, edge]) {
      const html = await text(path, persona)
      expect(allMarksOf(html).filter((mark) => mark !== 'MARK-DEFAULT' && mark !== 'MARK-TAG')).toEqual([])
      expect(html).not.toMatch(/<attune-(?!placement data-placement=)|attuneChoose|\[\/?attune[\]: ]/)
    }
  })

  test('REST content and excerpts carry the default', async () => {
    for (const persona of [NOBODY, GERMAN, keen]) {
      const [post] = JSON.parse(await text('/wp-json/wp/v2/posts?slug=leaky', persona))
      expect(allMarksOf(post.content.rendered)).toEqual(['MARK-DEFAULT', 'MARK-TAG'])
      expect(allMarksOf(post.excerpt.rendered)).toEqual(['MARK-DEFAULT', 'MARK-TAG'])
    }
  })

  test('an excerpt on a page carries the default', async () => {
    for (const persona of [NOBODY, GERMAN, keen]) {
      const excerpt = /<q>(.*?)<\/q>/s.exec(await text('/?excerpt', persona))![1]!
      expect(allMarksOf(excerpt)).toEqual(['MARK-DEFAULT', 'MARK-TAG'])
    }
  })
})

test('a mail that was made of a post on a page that caches may keep carries defaults', async () => {
  await site.php(`Attune\\save_settings( array( 'page_cache' => 'auto' ) );`)
  await text('/?mail', GERMAN)
  const { message } = site.mails().at(-1) as { message: string }
  expect(allMarksOf(message)).toEqual(['MARK-DEFAULT', 'MARK-TAG'])
  expect(message).not.toMatch(/<template|<attune|attuneChoose/)
})

test('a page that caches may keep is the same for everybody, a hundred times in turn', async () => {
  const pages = new Set<string>()
  for (let turn = 0; turn < 100; turn++) {
    const html = await text('/leaky/', [NOBODY, GERMAN, keen][turn % 3]!)
    pages.add(html.replace(/<i id="queries">\d+<\/i>/, ''))
  }
  expect(pages.size).toBe(1)
})

test('nothing went wrong on the way', () => {
  expect(site.debugLog()).toBe('')
})
