import type { Json } from './json.ts'
import { jsonPath } from './json-path.ts'
import type { Problem, Result } from './result.ts'

/** The most bytes of UTF-8 a document may have: 512 KiB. */
export const MAX_DOCUMENT_BYTES: number = 512 * 1024
/** The deepest nesting of lists and objects. */
export const MAX_DEPTH = 64
/** Reading stops at so many problems: a document with more is not a mistake any more. */
const MAX_PROBLEMS = 100

const MAX_SAFE = Number.MAX_SAFE_INTEGER
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const ESCAPES: { readonly [letter: string]: string } = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** A document read as far as its syntax allows: the value, and the places that break a rule of ours. */
export interface LenientRead {
  /** `undefined` when the text is not JSON at all. */
  readonly value: Json | undefined
  readonly problems: readonly Problem[]
}

class SyntaxProblem {
  readonly code: string
  readonly message: string
  readonly path: string
  constructor(path: string, code: string, message: string) {
    this.path = path
    this.code = code
    this.message = message
  }
}

/**
 * Reads JSON strictly: a byte-order mark, duplicate keys, lone surrogates, numbers beyond ±(2^53 − 1),
 * nesting over 64 or text over `maxBytes` (default 512 KiB) are refused, each with its place.
 */
export function readJson(text: string, maxBytes: number = MAX_DOCUMENT_BYTES): Result<Json> {
  const { value, problems } = readJsonLeniently(text, maxBytes)
  if (value === undefined || problems.length > 0) return { ok: false, problems }
  return { ok: true, value }
}

/**
 * Like `readJson`, but goes on past what is well-formed JSON and yet against our rules, so that one bad
 * event does not cost a batch its good ones. Whoever calls it drops what a problem's path lies in.
 */
export function readJsonLeniently(text: string, maxBytes: number = MAX_DOCUMENT_BYTES): LenientRead {
  const problems: Problem[] = []
  if (utf8Length(text) > maxBytes) {
    return refused('$', 'too-large', `The document has more than ${maxBytes} bytes. Make it smaller.`)
  }
  if (text.charCodeAt(0) === 0xfeff) {
    return refused('$', 'byte-order-mark', 'The document begins with a byte-order mark. Save it without one.')
  }
  try {
    const reader = new JsonReader(text, problems)
    return { value: reader.document(), problems }
  } catch (problem) {
    if (!(problem instanceof SyntaxProblem)) throw problem
    return refused(problem.path, problem.code, problem.message)
  }
}

function refused(path: string, code: string, message: string): LenientRead {
  return { value: undefined, problems: [{ path, code, severity: 'error', message }] }
}

function utf8Length(text: string): number {
  let bytes = text.length
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1
  }
  return bytes
}

class JsonReader {
  readonly #text: string
  readonly #problems: Problem[]
  #at = 0

  constructor(text: string, problems: Problem[]) {
    this.#text = text
    this.#problems = problems
  }

  document(): Json {
    this.#space()
    const value = this.#value('$', 0)
    this.#space()
    if (this.#at < this.#text.length) this.#fail('$', 'Nothing may follow the document')
    return value
  }

  #value(path: string, depth: number): Json {
    const letter = this.#text[this.#at]
    if ((letter === '{' || letter === '[') && depth >= MAX_DEPTH) return this.#tooDeep(path)
    if (letter === '{') return this.#object(path, depth)
    if (letter === '[') return this.#list(path, depth)
    if (letter === '"') return this.#string(path)
    if (this.#word('true')) return true
    if (this.#word('false')) return false
    if (this.#word('null')) return null
    return this.#number(path)
  }

  // What lies too deep is passed over without descending into it: brackets are counted outside strings.
  #tooDeep(path: string): Json {
    const message = `Nested deeper than ${MAX_DEPTH} levels. Flatten it.`
    this.#report(path, 'too-deep', message)
    let open = 0
    do {
      const letter = this.#text[this.#at]
      if (letter === undefined) throw new SyntaxProblem(path, 'too-deep', message)
      if (letter === '"') {
        this.#string(path)
        continue
      }
      if (letter === '{' || letter === '[') open++
      else if (letter === '}' || letter === ']') open--
      this.#at++
    } while (open > 0)
    return null
  }

  #object(path: string, depth: number): Json {
    const members: { [key: string]: Json } = {}
    this.#at++
    this.#space()
    if (this.#text[this.#at] === '}') return this.#end(members)
    for (;;) {
      if (this.#text[this.#at] !== '"') this.#fail(path, 'A key in double quotes is expected')
      const key = this.#string(path)
      const place = jsonPath(path, key)
      this.#space()
      if (this.#text[this.#at] !== ':') this.#fail(place, 'A colon is expected after the key')
      this.#at++
      this.#space()
      const value = this.#value(place, depth + 1)
      if (Object.hasOwn(members, key))
        this.#report(place, 'duplicate-key', `The key ${JSON.stringify(key)} stands twice. Keep one.`)
      else define(members, key, value)
      this.#space()
      const next = this.#text[this.#at]
      if (next === '}') return this.#end(members)
      if (next !== ',') this.#fail(place, 'A comma or } is expected')
      this.#at++
      this.#space()
    }
  }

  #list(path: string, depth: number): Json {
    const items: Json[] = []
    this.#at++
    this.#space()
    if (this.#text[this.#at] === ']') return this.#end(items)
    for (;;) {
      items.push(this.#value(jsonPath(path, items.length), depth + 1))
      this.#space()
      const next = this.#text[this.#at]
      if (next === ']') return this.#end(items)
      if (next !== ',') this.#fail(jsonPath(path, items.length - 1), 'A comma or ] is expected')
      this.#at++
      this.#space()
    }
  }

  #end<T>(value: T): T {
    this.#at++
    return value
  }

  #string(path: string): string {
    const text = this.#text
    let from = ++this.#at
    let result = ''
    for (;;) {
      const unit = text.charCodeAt(this.#at)
      if (Number.isNaN(unit)) this.#fail(path, 'A string is not closed')
      if (unit === 0x22) break
      if (unit < 0x20) this.#fail(path, 'A control character stands bare in a string')
      if (unit !== 0x5c) {
        this.#at++
        continue
      }
      result += text.slice(from, this.#at) + this.#escape(path)
      from = this.#at
    }
    result += text.slice(from, this.#at++)
    if (!result.isWellFormed())
      this.#report(path, 'lone-surrogate', 'A lone surrogate is not text. Remove it.')
    return result
  }

  #escape(path: string): string {
    const letter = this.#text[this.#at + 1] ?? ''
    if (letter === 'u') {
      const hex = this.#text.slice(this.#at + 2, this.#at + 6)
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) this.#fail(path, 'Four hexadecimal digits are expected after \\u')
      this.#at += 6
      return String.fromCharCode(Number.parseInt(hex, 16))
    }
    const plain = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined
    if (plain === undefined) this.#fail(path, 'Unknown escape in a string')
    this.#at += 2
    return plain
  }

  #number(path: string): number {
    NUMBER.lastIndex = this.#at
    const found = NUMBER.exec(this.#text)?.[0]
    if (found === undefined) this.#fail(path, 'A JSON value is expected')
    this.#at += found.length
    const value = Number(found)
    if (!(Math.abs(value) <= MAX_SAFE)) {
      this.#report(path, 'number-range', `${found.slice(0, 40)} lies beyond ±(2^53 − 1). Send it as text.`)
      return 0
    }
    return value === 0 ? 0 : value
  }

  #word(word: string): boolean {
    if (!this.#text.startsWith(word, this.#at)) return false
    this.#at += word.length
    return true
  }

  #space(): void {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at)
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return
      this.#at++
    }
  }

  #report(path: string, code: string, message: string): void {
    this.#problems.push({ path, code, severity: 'error', message })
    if (this.#problems.length >= MAX_PROBLEMS)
      throw new SyntaxProblem(path, 'too-many-problems', `${MAX_PROBLEMS} problems so far. Mend them first.`)
  }

  #fail(path: string, what: string): never {
    throw new SyntaxProblem(path, 'not-json', `${what} (character ${this.#at + 1}). Correct the JSON.`)
  }
}

// A key such as __proto__ must become a plain own member, never a prototype.
function define(members: { [key: string]: Json }, key: string, value: Json): void {
  if (key !== '__proto__') members[key] = value
  else Object.defineProperty(members, key, { value, enumerable: true, writable: true, configurable: true })
}
