import type { Browser, FrameLocator, Locator, Page } from 'playwright-core'
import { newVisitor, openPage } from '../support/browser.ts'
import type { WordPressSite } from '../support/wordpress.ts'
import { browserCookies } from '../support/wordpress-client.ts'

/** A block as the editor's store tells of it. */
export interface EditedBlock {
  readonly clientId: string
  readonly name: string
  readonly isValid: boolean
  readonly attributes: Readonly<Record<string, unknown>>
  readonly innerBlocks: readonly EditedBlock[]
}

/** A block to put on the canvas: name, attributes, inner blocks. */
export type NewBlock = readonly [name: string, attributes?: object, innerBlocks?: readonly NewBlock[]]

/** The block editor of a site with somebody logged in at it. */
export interface EditorPage {
  readonly page: Page
  /** Console errors and warnings, uncaught errors. */
  readonly complaints: readonly string[]
  readonly canvas: FrameLocator
  readonly toolbar: Locator
  readonly sidebar: Locator
  /** What would be saved now. */
  readonly content: () => Promise<string>
  readonly blocks: () => Promise<readonly EditedBlock[]>
  readonly insert: (blocks: readonly NewBlock[]) => Promise<void>
  /** Selects a block by its place in the post. */
  readonly select: (at: number) => Promise<void>
  readonly open: (path: string) => Promise<void>
  readonly close: () => Promise<void>
}

const CANVAS = 'iframe[name=editor-canvas]'

// What stands in an editor's way the first time it is opened.
const dismissGuides = `
  for ( const scope of [ 'core', 'core/edit-post', 'core/edit-site' ] )
    for ( const guide of [ 'welcomeGuide', 'welcomeGuideTemplate', 'welcomeGuideStyles', 'welcomeGuidePage' ] )
      wp.data.dispatch( 'core/preferences' ).set( scope, guide, false )
`

/** Opens an editor in a browser window of its own, as the administrator. */
export async function openEditor(browser: Browser, site: WordPressSite, path: string): Promise<EditorPage> {
  // Below 1,440 points an editor shows its sidebar or its inserter.
  const context = await newVisitor(browser, { viewport: { width: 1500, height: 1000 } })
  await context.addCookies(browserCookies(await site.login('admin'), site.origin))
  const { page, complaints } = await openPage(context)
  page.setDefaultTimeout(20_000)
  // A window that closes with changes in it asks.
  page.on('dialog', (dialog) => void dialog.accept())

  const store = "wp.data.select( 'core/block-editor' )"
  const open = async (target: string): Promise<void> => {
    await page.goto(site.origin + target, { waitUntil: 'domcontentloaded' })
    await page.waitForFunction(
      `window.wp?.data?.select( 'core/block-editor' ) && window.wp.blocks.getBlockType( 'core/paragraph' )`,
    )
    await page.evaluate(dismissGuides)
    // Widgets are edited in the page itself.
    await page.locator(`${CANVAS}, .is-root-container`).first().waitFor()
  }
  await open(path)
  return {
    page,
    complaints,
    canvas: page.frameLocator(CANVAS),
    toolbar: page.getByRole('toolbar', { name: 'Block tools' }),
    sidebar: page.getByRole('region', { name: 'Editor settings' }),
    content: () => page.evaluate(`wp.data.select( 'core/editor' ).getEditedPostContent()`),
    blocks: () => page.evaluate(`${store}.getBlocks()`),
    insert: (blocks) =>
      page.evaluate(`wp.data.dispatch( 'core/block-editor' ).insertBlocks(
        wp.blocks.createBlocksFromInnerBlocksTemplate( ${JSON.stringify(blocks)} )
      )`),
    select: (at) =>
      // Somebody who reaches for a block has stopped typing.
      page.evaluate(`{
        const editor = wp.data.dispatch( 'core/block-editor' )
        editor.stopTyping()
        editor.selectBlock( ${store}.getBlocks()[ ${at} ].clientId )
      }`),
    open,
    close: () => context.close(),
  }
}

/** Every block of some, with those inside. */
export function allBlocks(blocks: readonly EditedBlock[]): readonly EditedBlock[] {
  return blocks.flatMap((block) => [block, ...allBlocks(block.innerBlocks)])
}
