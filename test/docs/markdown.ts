import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** A page: its path from the root and its text. */
export interface Page {
  readonly path: string
  readonly text: string
}

/** A fenced block: the words after the fence, its text, and the line of its fence. */
export interface Block {
  readonly info: string
  readonly text: string
  readonly place: string
}

/** A row of a table, with the header of its last column. */
export interface Row {
  readonly cells: readonly string[]
  readonly lastHeader: string
  /** The heading of the second level above it. */
  readonly chapter: string
}

export function readPage(path: string): Page {
  return { path, text: readFileSync(join(root, path), 'utf8') }
}

/** Every Markdown page below a folder. */
export function readPages(folder: string): readonly Page[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => readPage(`${folder}/${name.replaceAll('\\', '/')}`))
}

const FENCE = /^```(.*)\n([\s\S]*?)^```\s*$/gm

export function blocksOf({ path, text }: Page): readonly Block[] {
  return [...text.matchAll(FENCE)].map((match) => ({
    info: match[1]!.trim(),
    text: match[2]!,
    place: `${path}:${text.slice(0, match.index).split('\n').length}`,
  }))
}

/** The rows of a page's tables that begin with a code: `` | `code` | … | ``. */
export function codeRowsOf({ text }: Page): readonly Row[] {
  const rows: Row[] = []
  let chapter = ''
  let header: readonly string[] = []
  const lines = text.replace(FENCE, '').split('\n')
  lines.forEach((line, at) => {
    if (line.startsWith('## ')) chapter = line.slice(3)
    if (!line.startsWith('|')) return
    const cells = line
      .slice(1, line.lastIndexOf('|'))
      .split(' | ')
      .map((cell) => cell.trim())
    if (lines[at + 1]?.startsWith('|---')) header = cells
    else if (/^`[a-z0-9-]+`$/.test(cells[0]!)) rows.push({ cells, chapter, lastHeader: header.at(-1)! })
  })
  return rows
}

/** The relative links of a page that lead nowhere, as `page → target`. */
export function deadLinks(page: Page): readonly string[] {
  const prose = page.text.replace(FENCE, '').replace(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1]!)
    .filter((target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(page, target))
    .map((target) => `${page.path} → ${target}`)
}

function leadsSomewhere(page: Page, target: string): boolean {
  const [file = '', anchor] = target.split('#')
  const path = file === '' ? page.path : join(dirname(page.path), file)
  if (!existsSync(join(root, path))) return false
  return anchor === undefined || anchorsOf(readPage(path)).includes(anchor)
}

// As GitHub makes them: lower case, no punctuation, hyphens for spaces.
function anchorsOf({ text }: Page): readonly string[] {
  return [...text.replace(FENCE, '').matchAll(/^#+ (.*)$/gm)].map((match) =>
    match[1]!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
