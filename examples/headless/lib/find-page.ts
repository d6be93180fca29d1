import type { WordPressPlacement } from '@attune/next/wordpress'
import { askWordPress } from './ask-wordpress.ts'
import { plainText } from './plain-text.ts'

/** A page or post of WordPress. */
export interface Page {
  /** Plain text. */
  readonly title: string
  /** HTML, placements showing their defaults. */
  readonly content: string
  readonly placements: readonly WordPressPlacement[]
}

interface Post {
  readonly link: string
  readonly title: { readonly rendered: string }
  readonly content: { readonly rendered: string }
  readonly attune_placements?: readonly WordPressPlacement[]
}

type Listed = Pick<Post, 'link'> & { readonly id: number }

const TYPES = ['pages', 'posts']
const PER_REQUEST = 100

/** Finds what WordPress shows at a path, such as `/guides/espresso`. */
export async function findPage(path: string): Promise<Page | undefined> {
  for (const type of TYPES) {
    // By the list, not by the name that was asked for: made-up addresses leave nothing behind.
    const listed = (await listPosts(type)).find(({ link }) => pathOf(link) === path)
    if (listed !== undefined) return readPage(type, listed.id)
  }
  return undefined
}

async function listPosts(type: string): Promise<readonly Listed[]> {
  const posts: Listed[] = []
  for (let page = 1, pages = 1; page <= pages; page++) {
    const response = await askWordPress(`/wp/v2/${type}?_fields=id,link&per_page=${PER_REQUEST}&page=${page}`)
    pages = Number(response.headers.get('x-wp-totalpages'))
    posts.push(...((await response.json()) as Listed[]))
  }
  return posts
}

async function readPage(type: string, id: number): Promise<Page> {
  const response = await askWordPress(`/wp/v2/${type}/${id}?_fields=link,title,content,attune_placements`)
  const post = (await response.json()) as Post
  const { origin } = new URL(post.link)
  const placements = post.attune_placements ?? []
  return {
    title: plainText(post.title.rendered),
    content: toOwnLinks(post.content.rendered, origin),
    placements: placements.map((placement) => ({
      ...placement,
      variants: placement.variants.map((variant) => ({ ...variant, html: toOwnLinks(variant.html, origin) })),
    })),
  }
}

function pathOf(link: string): string {
  const path = decodeURIComponent(new URL(link).pathname)
  return path === '/' ? path : path.replace(/\/$/, '')
}

// Links lead to pages of this front; files stay where they are.
function toOwnLinks(html: string, origin: string): string {
  const start = `href="${origin}/`
  const [before = '', ...links] = html.split(start)
  return before + links.map((link) => (link.startsWith('wp-') ? start : 'href="/') + link).join('')
}
