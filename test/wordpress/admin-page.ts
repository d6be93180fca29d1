import type { Browser, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { openPage } from '../support/browser.ts'
import type { WordPressSite } from '../support/wordpress.ts'
import { browserCookies, type Role } from '../support/wordpress-client.ts'

/** The dashboard of a site with somebody logged in at it. */
export interface AdminPage {
  readonly page: Page
  /** Console errors and warnings, uncaught errors. */
  readonly complaints: readonly string[]
  /** Says that the server will refuse a request of this test, as `409 (Conflict)`: the browser complains of it. */
  readonly expectRefusal: (status: string) => void
  /** Opens a place of the Segments screen, such as `segment/vip`. */
  readonly segments: (place?: string) => Promise<void>
  readonly settings: () => Promise<void>
  /** Closes the window. Fails when there were other complaints than expected ones, or WordPress wrote into its log. */
  readonly close: () => Promise<void>
}

const SEGMENTS = '/wp-admin/admin.php?page=attune'

/** Opens the dashboard in a browser window of its own. */
export async function openAdmin(
  browser: Browser,
  site: WordPressSite,
  role: Role = 'admin',
): Promise<AdminPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  await context.addCookies(browserCookies(await site.login(role), site.origin))
  const { page, complaints } = await openPage(context)
  page.setDefaultTimeout(20_000)
  const refusals: string[] = []
  return {
    page,
    complaints,
    expectRefusal: (status) => {
      refusals.push(`console: Failed to load resource: the server responded with a status of ${status}`)
    },
    segments: async (place = '') => {
      // Where only what is behind # differs, the page stays as it is.
      await page.goto(`${site.origin}${SEGMENTS}#/${place}`, { waitUntil: 'domcontentloaded' })
      await page.getByRole('navigation', { name: 'Parts of this screen' }).waitFor()
    },
    settings: async () => {
      await page.goto(`${site.origin}/wp-admin/admin.php?page=attune-settings`, {
        waitUntil: 'domcontentloaded',
      })
      await page.getByRole('button', { name: 'Save settings' }).waitFor()
    },
    close: async () => {
      await context.close()
      // A browser names the address behind the status.
      expect(complaints.map((complaint) => complaint.replace(/(\)) \/\S*$/, '$1'))).toEqual(refusals)
      expect(site.debugLog()).toBe('')
    },
  }
}

/** Chooses from the open menu by the keyboard: on a busy machine it may still be finding its place under the mouse. */
export async function chooseInMenu(page: Page, name: string): Promise<void> {
  // Once it stands, a menu takes the focus to its first row: a key pressed before that would choose nothing, or that row.
  await page.getByRole('menu').locator(':focus').waitFor()
  await page.getByRole('menuitem', { name }).press('Enter')
}

/** Every control of the screen that a screen reader could not name. */
export async function namelessControls(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  return nodes
    .filter(({ ignored, role }) => !ignored && CONTROLS.includes(String(role?.value)))
    .filter(({ name }) => String(name?.value ?? '').trim() === '')
    .map(({ role, backendDOMNodeId }) => `${role?.value} ${backendDOMNodeId}`)
}

const CONTROLS = [
  'button',
  'link',
  'textbox',
  'searchbox',
  'combobox',
  'checkbox',
  'radio',
  'spinbutton',
  'menuitem',
  'Date',
]

/** Presses Tab until a control has the focus; throws when it is not reached. */
export async function tabTo(
  page: Page,
  control: Locator,
  key: 'Tab' | 'Shift+Tab' | 'ArrowDown' = 'Tab',
): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await control.evaluate((element) => element === element.ownerDocument.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${control} is not reached by ${key}.`)
}
