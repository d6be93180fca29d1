// The texts that a file of PHP or built JavaScript has translated: both call the same functions, with plain texts.

// Function → what its arguments are.
const PLAIN = ['id', 'domain']
const IN_CONTEXT = ['id', 'context', 'domain']
const FUNCTIONS = {
  __: PLAIN,
  _e: PLAIN,
  esc_html__: PLAIN,
  esc_html_e: PLAIN,
  esc_attr__: PLAIN,
  esc_attr_e: PLAIN,
  _x: IN_CONTEXT,
  _ex: IN_CONTEXT,
  esc_html_x: IN_CONTEXT,
  esc_attr_x: IN_CONTEXT,
  _n: ['id', 'plural', 'count', 'domain'],
  _nx: ['id', 'plural', 'count', 'context', 'domain'],
}
const NAMES = Object.keys(FUNCTIONS).sort((a, b) => b.length - a.length)
// Built scripts call `(0,i18n.__)( … )`.
const CALL = new RegExp(`(?<![\\w$])(${NAMES.join('|')})\\)?\\(`, 'g')
const COMMENT = /\/\*+\s*(translators:[\s\S]*?)\s*\*\/|\/\/\s*(translators:.*)/gi
const SPACE = /(?:\s|\/\*[\s\S]*?\*\/|\/\/.*)*/y

/**
 * The calls in a text, in order: `{ id, plural, context, comment }`. Throws at one of the domain whose text is none that a
 * translator could be given.
 */
export function gettextCalls(source, domain) {
  const comments = [...source.matchAll(COMMENT)].map((found) => ({
    text: (found[1] ?? found[2]).trim(),
    end: found.index + found[0].length,
  }))
  const calls = [...source.matchAll(CALL)].flatMap((call) => {
    const given = argumentsAt(source, call.index + call[0].length)
    const named = Object.fromEntries(FUNCTIONS[call[1]].map((name, at) => [name, given[at]]))
    if (named.domain !== domain) return []
    const isMissing = FUNCTIONS[call[1]].some((name) => name !== 'count' && named[name] === undefined)
    if (isMissing) throw trouble(source, call.index)
    return [{ id: named.id, plural: named.plural, context: named.context, at: call.index }]
  })
  return calls.map((call, place) => ({ ...call, comment: commentOf(call, calls.slice(0, place), comments) }))
}

// What stands between a comment and its call, at most, in characters.
const NEAR = 300

// A comment is of the next call, or of the next that has a place to fill.
function commentOf({ id, at }, earlier, comments) {
  const comment = comments.findLast(({ end }) => end <= at)
  if (comment === undefined || at - comment.end > NEAR) return undefined
  const between = earlier.filter((call) => call.at >= comment.end)
  const isFirst =
    between.length === 0 || (id.includes('%') && between.every((call) => !call.id.includes('%')))
  return isFirst ? comment.text : undefined
}

function trouble(source, at) {
  const start = source.slice(at, at + 80)
  return new Error(`[wordpress] make-pot: ${start} … holds no plain text. Write it out.`)
}

/** The arguments of a call as texts; undefined stands for what is none. */
function argumentsAt(source, from) {
  const given = []
  let at = from
  while (at < source.length) {
    const { text, end } = argumentAt(source, at)
    given.push(text)
    if (source[end] !== ',') return given
    at = end + 1
  }
  return given
}

function argumentAt(source, from) {
  let at = skipSpace(source, from)
  let text = ''
  let isText = true
  let depth = 0
  for (; at < source.length; at = skipSpace(source, at)) {
    const sign = source[at]
    if (sign === "'" || sign === '"' || sign === '`') {
      const { value, end } = literalAt(source, at)
      if (value === undefined) isText = false
      else text += value
      at = end
    } else if (depth === 0 && (sign === ',' || sign === ')')) {
      return { text: isText && text !== '' ? text : undefined, end: at }
    } else {
      if ('([{'.includes(sign)) depth++
      if (')]}'.includes(sign)) depth--
      // Texts may be joined; anything else makes it no text.
      if (sign !== '.' && sign !== '+') isText = false
      at++
    }
  }
  return { text: undefined, end: at }
}

function skipSpace(source, at) {
  SPACE.lastIndex = at
  SPACE.test(source)
  return SPACE.lastIndex
}

const ESCAPES = { n: '\n', t: '\t', r: '\r' }

function literalAt(source, from) {
  const quote = source[from]
  let value = ''
  let at = from + 1
  for (; source[at] !== quote; at++) {
    if (at >= source.length) throw new Error('[wordpress] make-pot: a text is not closed.')
    if (quote === '`' && source.startsWith('${', at)) value = undefined
    if (source[at] !== '\\') {
      if (value !== undefined) value += source[at]
      continue
    }
    const [all, code] = /^\\(?:u\{?([\da-f]{2,6})\}?|x([\da-f]{2})|[\s\S])/i.exec(
      source.slice(at, at + 12),
    ) ?? ['\\']
    const sign =
      code === undefined ? (ESCAPES[all[1]] ?? all[1]) : String.fromCodePoint(Number.parseInt(code, 16))
    if (value !== undefined) value += sign
    at += all.length - 1
  }
  return { value, end: at + 1 }
}
