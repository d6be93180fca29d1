import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM_FLAGS, chromiumPath } from '../support/chromium.ts'
import type { WordPressSite } from '../support/wordpress.ts'
import { phpText } from '../support/wordpress-ruleset.ts'
import {
  adaptive,
  attributesOf,
  BROWSER,
  handshakeOf,
  NOBODY,
  paragraph,
  startStage,
  variant,
} from '../support/wordpress-stage.ts'

const RUN = 'document.documentElement.dataset.hit=1'
const PAYLOADS: readonly string[] = [
  `<script>${RUN}</script>`,
  `"><script>${RUN}</script>`,
  `'><script>${RUN}</script>`,
  `</script><script>${RUN}</script>`,
  `</template><script>${RUN}</script>`,
  `</template></attune-placement><img src=x onerror=${RUN}>`,
  `"><img src=x onerror=${RUN}>`,
  `' onmouseover='${RUN}' style='position:fixed;inset:0`,
  `" autofocus tabindex=1 onfocus="${RUN}" x="`,
  `"><svg/onload=${RUN}>`,
  `--><script>${RUN}</script><!--`,
  `*/}</style><script>${RUN}</script>`,
  `1px;background:url(javascript:${RUN})`,
  `expression(${RUN})`,
  `javascript:${RUN}`,
  `&quot;&gt;&lt;script&gt;${RUN}&lt;/script&gt;`,
  `\\u003cscript\\u003e${RUN}\\u003c/script\\u003e`,
  `]]><script>${RUN}</script>`,
  `[attune-value key="x" fallback="<script>${RUN}</script>"]`,
  `<iframe srcdoc="<script>parent.${RUN}</script>">`,
  `<math><mtext></mtext><script>${RUN}</script></math>`,
  `'"()%26%25<acx><ScRiPt >${RUN}</ScRiPt>`,
  `\u0000<script>${RUN}</script>`,
  `＜script＞${RUN}＜/script＞<script>${RUN}</script>`,
  `{"p":"<script>${RUN}</script>"}`,
]

const germany = { key: 'a', segments: ['germany'] }
const fallback = variant({ key: 'default', isDefault: true }, paragraph('default'))
const withVariant = (attributes: object): string =>
  adaptive({ placementId: 'x' }, variant({ ...germany, ...attributes }, paragraph('a')), fallback)
const withPlacement = (attributes: object): string =>
  adaptive({ placementId: 'x', ...attributes }, variant(germany, paragraph('a')), fallback)
const withRow = (row: object): string =>
  `<!-- wp:paragraph ${attributesOf({ metadata: { attune: { show: 'any', segments: ['germany'], ...row } } })} --><p>row</p><!-- /wp:paragraph -->`
const tag = (attributes: string): string => paragraph(`[attune ${attributes}]a[attune:else]b[/attune]`)
const quoted = (text: string): string => text.replaceAll('"', "'")

// Every attribute that is ours.
const PLACES: { readonly [place: string]: (payload: string) => string } = {
  placementId: (placementId) => withPlacement({ placementId }),
  label: (label) => withPlacement({ label }),
  delivery: (delivery) => withPlacement({ delivery }),
  reserve: (reserve) => withPlacement({ reserve }),
  strategy: (strategy) => withPlacement({ strategy }),
  'variant key': (key) => withVariant({ key }),
  'variant label': (label) => withVariant({ label }),
  segments: (segment) => withVariant({ segments: [segment, 'germany'] }),
  match: (match) => withVariant({ match }),
  share: (share) => withVariant({ share }),
  from: (from) => withVariant({ from }),
  until: (until) => withVariant({ until }),
  show: (show) => withRow({ show }),
  'row segments': (segment) => withRow({ segments: ['germany', segment] }),
  'tag segments': (payload) => tag(`segments="germany,${quoted(payload)}"`),
  'tag id': (payload) => tag(`segments="germany" id="${quoted(payload)}"`),
  'tag reserve': (payload) => tag(`segments="germany" id="t" reserve="${quoted(payload)}"`),
  'tag value': (payload) => paragraph(`[attune-value key="geo.country" fallback="${quoted(payload)}"]`),
  'tag value key': (payload) => paragraph(`[attune-value key="${quoted(payload)}" fallback="f"]`),
  'bound value': (payload) =>
    `<!-- wp:paragraph ${attributesOf({ metadata: { bindings: { content: { source: 'attune/value', args: { key: payload, fallback: payload } } } } })} --><p></p><!-- /wp:paragraph -->`,
}

let site: WordPressSite
let browser: Browser

beforeAll(async () => {
  site = await startStage('6.5')
  browser = await chromium.launch({ executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS] })
  const pages = Object.entries(PLACES).map(
    ([, write], at) => `${at}:${Buffer.from(PAYLOADS.map(write).join('\n')).toString('base64')}`,
  )
  // Saved as a contributor: WordPress filters what such a user may not write; then somebody publishes it.
  await site.php(`
    wp_set_current_user( get_user_by( 'login', 'contributor' )->ID );
    foreach ( explode( ',', ${phpText(pages.join(','))} ) as $page ) {
      list( $name, $content ) = explode( ':', $page );
      $id = wp_insert_post( wp_slash( array( 'post_type' => 'post', 'post_status' => 'pending', 'post_title' => 'Hostile ' . $name, 'post_content' => base64_decode( $content ) ) ) );
      $GLOBALS['wpdb']->update( $GLOBALS['wpdb']->posts, array( 'post_status' => 'publish', 'post_name' => 'hostile-' . $name ), array( 'ID' => $id ) );
      clean_post_cache( $id );
    }
  `)
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

/** Whether anything of a page of the site runs, what rests in templates included, and how many elements could. */
async function ran(html: string): Promise<{ readonly hit: boolean; readonly handlers: number }> {
  const context = await browser.newContext({ userAgent: BROWSER })
  try {
    const page = await context.newPage()
    // The very answer, so that cookies and headers need not be the browser's own.
    await page.route('**/*', (route) =>
      route.request().url().endsWith('/hostile-page')
        ? route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' })
        : route.fulfill({ status: 404, body: '' }),
    )
    await page.goto(`${site.origin}/hostile-page`)
    return await page.evaluate(async () => {
      const resting = (): NodeListOf<HTMLTemplateElement> => document.querySelectorAll('template')
      while (resting().length > 0) for (const template of resting()) template.replaceWith(template.content)
      for (const element of document.querySelectorAll<HTMLElement>('[onfocus],[onmouseover]')) element.focus()
      // Every picture that cannot be had has said so; one that nobody sees may never ask.
      const settled = [...document.images].map(
        (picture) =>
          picture.complete ||
          new Promise((resolve) => {
            for (const event of ['load', 'error']) picture.addEventListener(event, resolve)
          }),
      )
      await Promise.race([Promise.all(settled), new Promise((resolve) => setTimeout(resolve, 3_000))])
      const handlers = document.querySelectorAll(
        '[onfocus],[onmouseover],[onload],[onerror],iframe[srcdoc]',
      ).length
      return { hit: document.documentElement.dataset.hit !== undefined, handlers }
    })
  } finally {
    await context.close()
  }
}

test('the browser would tell if anything ran', async () => {
  expect(await ran(`<p>x</p><template><img src=x onerror=${RUN}></template>`)).toEqual({
    hit: true,
    handlers: 1,
  })
  expect(await ran(`<script>${RUN}</script>`)).toEqual({ hit: true, handlers: 0 })
})

describe.each(['inline', 'view-as', 'server', 'edge'] as const)('%s', (mode) => {
  let extra: { cookies?: string; headers: Record<string, string> } = { headers: { ...NOBODY.headers } }
  let query = ''

  beforeAll(async () => {
    await site.php(
      `Attune\\save_settings( array( 'page_cache' => '${mode === 'server' ? 'none' : 'auto'}' ) );`,
    )
    if (mode === 'edge') extra = { headers: { ...extra.headers, 'x-attune-edge': handshakeOf(site) } }
    if (mode !== 'view-as') return
    extra = { ...extra, cookies: (await site.login('editor')).cookies }
    query = await site.php(`
      Attune\\load_stage();
      wp_set_current_user( get_user_by( 'login', 'editor' )->ID );
      echo '?attune_view=' . rawurlencode( Attune\\view_token( array( 'germany' => true ), time() + 600 ) );
    `)
  })

  test.each(Object.keys(PLACES).map((place, at) => [place, at] as const))(
    'nothing of 25 payloads in %s runs',
    async (_, at) => {
      const answer = await site.fetch(`/hostile-${at}/${query}`, extra)
      expect(answer.status).toBe(200)
      const html = await answer.text()
      if (mode === 'inline') expect(html).toContain('attune-')
      expect(await ran(html)).toEqual({ hit: false, handlers: 0 })
    },
  )
})

test('nothing went wrong on the way', () => {
  expect(site.debugLog()).toBe('')
})
