import type { Looker } from './page-cache-stage.ts'
import { allMarksOf, marksOf } from './wordpress-stage.ts'

/**
 * What is wrong with an answer to somebody: a text that is another's, or that everybody behind a cache could be shown, or a
 * cookie. Variants that are not confidential may rest in the source of a page.
 */
export function leaksOf(looker: Looker, path: string, answer: Response, text: string): readonly string[] {
  const leaks: string[] = []
  const complain = (what: string): number => leaks.push(`${looker.name} at ${path}: ${what}`)
  const isOwn = (mark: string): boolean => looker.own.some((own) => mark.startsWith(own))
  const isPublic = (mark: string): boolean => mark.startsWith('MARK-DEFAULT')
  if (answer.status >= 500) complain(`status ${answer.status}`)
  if (!looker.name.startsWith('E') && answer.headers.getSetCookie().length > 0)
    complain(`cookie ${answer.headers.getSetCookie()}`)
  const secrets = allMarksOf(text).filter((mark) => /^MARK-(?:SECRET|WHO)/.test(mark))
  for (const mark of secrets.filter((mark) => !isOwn(mark))) complain(`${mark}, which is another's`)
  const control = answer.headers.get('cache-control') ?? 'no Cache-Control'
  if (secrets.length > 0 && !/private|no-store/.test(control)) complain(`${secrets} under ${control}`)
  if (secrets.length > 0 && answer.headers.get('x-cache') === 'HIT') complain(`${secrets} from the cache`)
  const isPage = (answer.headers.get('content-type') ?? '').startsWith('text/html')
  const shown = isPage ? marksOf(text) : []
  for (const mark of shown.filter((mark) => !isOwn(mark) && !isPublic(mark))) complain(`${mark} is shown`)
  const isKept = !/private|no-store/.test(control)
  const others = isKept ? shown.filter((mark) => !isPublic(mark)) : []
  if (others.length > 0) complain(`${others} is shown on a page that caches keep`)
  return leaks
}

/** An address with one more parameter. */
export function withParameter(path: string, name: string, value: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${name}=${value}`
}
