import { PERSON } from '../../support/browser.ts'
import { createVisitor, type HttpVisitor } from '../../support/http-visitor.ts'
import type { Asker } from './ask.ts'
import type { BuiltShop } from './built-shop.ts'

/** Somebody who asks: how their browser introduces itself, and what only they may be shown. */
export interface GridVisitor {
  readonly name: 'hiker' | 'climber' | 'nobody'
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Texts that stand in no answer to anybody else. */
  readonly own: readonly string[]
}

/** Two visitors with different profiles, and one of whom nothing is known. */
export interface GridVisitors {
  readonly hiker: GridVisitor
  readonly climber: GridVisitor
  readonly nobody: GridVisitor
}

/** A request's headers as a browser that opens a page sends them. */
const DOCUMENT = [
  ['User-Agent', PERSON],
  ['Accept', 'text/html,application/xhtml+xml,*/*;q=0.8'],
  ['Sec-Fetch-Dest', 'document'],
  ['Sec-Fetch-Mode', 'navigate'],
] as const

/** Makes the visitors of a shop; each has seen things, and has the token that tells it. */
export async function makeVisitors({ origin }: BuiltShop): Promise<GridVisitors> {
  const hiker = await makeVisitor(origin, 'hiking', 4)
  const climber = await makeVisitor(origin, 'climbing', 1)
  return {
    hiker: { name: 'hiker', headers: headersOf(hiker), own: ownOf(hiker, 'hiking') },
    climber: { name: 'climber', headers: headersOf(climber), own: ownOf(climber, 'climbing') },
    nobody: { name: 'nobody', headers: DOCUMENT, own: [] },
  }
}

async function makeVisitor(origin: string, category: string, views: number): Promise<HttpVisitor> {
  const visitor = createVisitor(origin)
  visitor.grant('preferences')
  await visitor.send(
    Array.from({ length: views }, (_, at) => ({
      name: 'view_item',
      properties: { item_id: `${category}-${at}`, item_category: category },
    })),
  )
  const { variants } = await visitor.get('/')
  if (variants['home-hero'] !== category) throw new Error(`${category} is shown ${JSON.stringify(variants)}`)
  return visitor
}

function headersOf({ cookies }: HttpVisitor): GridVisitor['headers'] {
  return [...DOCUMENT, ['Cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')]]
}

// In HTML and in what Next.js fetches for a navigation, whose quotes may be escaped.
function ownOf({ cookies }: HttpVisitor, category: string): readonly string[] {
  const sealed = ['attune_visitor', 'attune_token', 'attune_pin'].map((name) => cookies.get(name) ?? '')
  return [`data-attune-variant="${category}"`, `data-attune-variant":"${category}"`, ...sealed].filter(
    (text) => text !== '',
  )
}

/** What a visitor is shown at a path, asked for plainly. */
export async function askPlainly(asker: Asker, visitor: GridVisitor, path: string): Promise<Buffer> {
  const { status, body } = await asker.ask({ path, headers: visitor.headers })
  if (status !== 200) throw new Error(`${visitor.name} asked for ${path}: ${status}`)
  return body
}
