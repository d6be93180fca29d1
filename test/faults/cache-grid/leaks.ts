import type { Answered } from './ask.ts'

const INTERNAL =
  /^(?:x-middleware-|x-invoke-|x-nextjs-(?:cache|data|matched-path|rewrite|redirect)$|x-matched-path$|x-powered-by$)/
const CODE = /v1~[\w-]{4}~[0-9a-z]{7,}~[\w-]{22}/
const INSIDE = /high-intent|unfinished-cart|mobile-in-britain|up-late|hero-hiking|hero-climbing|hiker|climber/
/** The router of the browser needs it on the data of a page; there is none on documents. */
const NEEDED = 'x-nextjs-rewritten-path'

/** What the headers of an answer tell that nobody needs to know: internal headers, codes, names of segments and experiences. */
export function leaksOf(
  answer: Answered,
  asked: { readonly path: string; readonly isData: boolean },
): readonly string[] {
  return [...answer.headers].flatMap(([name, value]) => {
    if (name === NEEDED && asked.isData) return []
    // A cookie of ours is sealed for the one who gets it, and is no code.
    const text = name === 'set-cookie' ? '' : value
    const isEcho = /^(?:location|refresh)$/.test(name) && asked.path.includes(CODE.exec(text)?.[0] ?? '\n')
    const isLeak = INTERNAL.test(name) || name === NEEDED || (CODE.test(text) && !isEcho) || INSIDE.test(text)
    return isLeak ? [`${name}: ${value.slice(0, 120)}`] : []
  })
}
