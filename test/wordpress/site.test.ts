import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWordPress, type WordPressSite, type WordPressVersion } from '../support/wordpress.ts'

const VERSIONS: readonly (readonly [WordPressVersion, RegExp])[] = [
  ['6.5', /^6\.5\.5$/],
  ['6.7', /^6\.7-alpha/],
]

describe.each(VERSIONS)('WordPress %s', (version, release) => {
  let site: WordPressSite

  beforeAll(async () => {
    site = await startWordPress({ version, content: `update_option( 'blogname', 'Grüße & "Co"' );` })
  })
  afterAll(() => site?.stop())

  test('is the version asked for, with the plugin active', async () => {
    expect(await site.php('echo $GLOBALS["wp_version"];')).toMatch(release)
    expect(await site.php(`echo json_encode( get_option( 'active_plugins' ) );`)).toContain('attune')
  })

  test('serves its front page, a post, a feed, a script and a 404', async () => {
    const page = await site.fetch('/')
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8'])
    expect(await page.text()).toContain('Grüße &amp; &quot;Co&quot;')
    const statuses = ['/hello-world/', '/feed/', '/wp-includes/js/jquery/jquery.min.js', '/nothing/here/']
    expect(await Promise.all(statuses.map(async (path) => (await site.fetch(path)).status))).toEqual([
      200, 200, 200, 404,
    ])
  })

  test('keeps its database, its log and its mail to itself', async () => {
    for (const path of [
      'database/.ht.sqlite',
      'debug.log',
      'mail.jsonl',
      'database/',
      '../wp-content/debug.log',
    ])
      expect((await site.fetch(`/wp-content/${path}`)).status).toBe(403)
  })

  test('lets every role in, and says by REST who it is', async () => {
    for (const role of ['admin', 'editor', 'author', 'contributor', 'subscriber'] as const) {
      const answer = await site.fetch('/wp-json/wp/v2/users/me', await site.login(role))
      expect([answer.status, (await answer.json()).slug]).toEqual([200, role])
    }
    expect((await site.fetch('/wp-json/wp/v2/users/me')).status).toBe(401)
  })

  test('takes a post and a file by REST', async () => {
    const admin = await site.login('admin')
    const json = { 'content-type': 'application/json' }
    const body = JSON.stringify({
      title: 'Twelve',
      content: '<!-- wp:paragraph --><p>Naïve</p><!-- /wp:paragraph -->',
      status: 'publish',
    })
    const post = await site.fetch('/wp-json/wp/v2/posts', { ...admin, method: 'POST', headers: json, body })
    expect(post.status).toBe(201)
    expect(await (await site.fetch('/twelve/')).text()).toContain('<p>Naïve</p>')

    const form = new FormData()
    form.append('file', new File(['plain words'], 'words.txt', { type: 'text/plain' }))
    const media = await site.fetch('/wp-json/wp/v2/media', { ...admin, method: 'POST', body: form })
    expect(media.status).toBe(201)
    expect(await (await site.fetch((await media.json()).source_url)).text()).toBe('plain words')
  })

  test('opens the dashboard and the editor', async () => {
    const editor = await site.login('editor')
    for (const path of ['/wp-admin/', '/wp-admin/post-new.php', '/wp-admin/edit.php'])
      expect((await site.fetch(path, editor)).status).toBe(200)
  })

  test('asks nothing of the internet, and puts mail into a file', async () => {
    const said = await site.php(`
      echo wp_remote_get( 'https://api.wordpress.org/' )->get_error_code(), ' ';
      echo json_encode( wp_mail( 'somebody@example.org', 'Subject', 'Words' ) );
    `)
    expect(said).toBe('http_request_not_executed true')
    expect(site.mails()).toMatchObject([{ to: 'somebody@example.org', subject: 'Subject', message: 'Words' }])
  })

  test('PHP that fails says where and why', async () => {
    await expect(site.php(`throw new Exception( 'no such bean' );`)).rejects.toThrow(/no such bean/)
    await site.php(`unlink( WP_CONTENT_DIR . '/debug.log' );`)
  })

  test('wrote nothing into its log of errors', () => {
    expect(site.debugLog()).toBe('')
  })
})
