// What the bundler must know of PHP, of the kind that this plugin is written in: declarations begin and end at the first column.

// Text and comments, which are left as they are. An attribute begins like a comment and is none.
const QUIET = /('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/
const DECLARATION = /^(?:const|function|(?:abstract |final )?class|interface) (\w+)/
const CONSTANT_END = /;(?: \/\/.*)?$/
const BODY_END = /^}|^(?:final )?(?:class|function) .*}$/
// A value that may stand wherever the name does.
const SCALAR = /^(?:-?\d[\d_]*|0b[01]+|'(?:[^'\\]|\\.)*'|\\?PHP_INT_MAX)$/
// What is written like a call, or like a constant, and is none.
const WORDS = new Set('array callable empty exit fn function isset list match unset'.split(' '))

/** The declarations of a file's body in order, each with the comments before it: `{ name, kind, text }`. */
export function declarationsOf(body) {
  const found = []
  let lines = []
  let open = null
  for (const line of body.split('\n')) {
    lines.push(line)
    open ??= DECLARATION.exec(line)
    if (open === null || !(open[0].startsWith('const ') ? CONSTANT_END : BODY_END).test(line)) continue
    found.push({ name: open[1], kind: open[0].split(' ').at(-2), text: lines.join('\n').trim() })
    open = null
    lines = []
  }
  if (lines.join('').trim() !== '' && found.length > 0) found.at(-1).text += `\n${lines.join('\n')}`
  return found
}

/** The value of a constant that is a number or a plain text; undefined of any other declaration. */
export function scalarOf({ kind, text }) {
  const value = kind === 'const' ? /^const \w+\s*= (.*?);/m.exec(text)?.[1] : undefined
  return value !== undefined && SCALAR.test(value) ? value.replace(/^PHP/, '\\PHP') : undefined
}

/** Code without its comments. */
export function withoutComments(text) {
  const parts = text.split(QUIET)
  return parts.filter((part, at) => at % 2 === 0 || !part.startsWith('/')).join('')
}

/** The names that some code uses, those in texts included. */
export function namesIn(text) {
  return new Set(withoutComments(text).match(/\b[A-Za-z_]\w*\b/g))
}

/** Code with each part that is neither text nor comment changed. */
export function mapCode(text, change) {
  return text
    .split(QUIET)
    .map((part, at) => (at % 2 === 0 ? change(part) : part))
    .join('')
}

/**
 * Code whose calls and constants of PHP and WordPress are named as theirs: in a namespace PHP would look for ours first, at the first
 * call of each request, and could not take its own short ways.
 */
export function qualify(text, own) {
  return mapCode(text, (code) =>
    code.replace(/(?<![\w\\$>:])(?<!\b(?:new|function|fn|const) )([A-Za-z_]\w*)(\()/g, (all, name, open) =>
      own.has(name) || WORDS.has(name) || /^[A-Z]/.test(name) ? all : `\\${name}${open}`,
    ),
  )
}

/** Code in which names of constants are their values. */
export function inline(text, values, before = '') {
  const pattern = new RegExp(
    `(?<![\\w\\\\$>:])${before}([A-Z][A-Z0-9_]+)\\b(?!\\s*(?:=(?![=>])|[(\\\\]|::))`,
    'g',
  )
  return mapCode(text, (code) => code.replace(pattern, (all, name) => values.get(name) ?? all))
}
