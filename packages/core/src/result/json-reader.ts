import type { Json } from './json.ts'
import { jsonPath } from './json-path.ts'
import { cureAt, placeIn } from './json-trouble.ts'
import type { Problem } from './result.ts'

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

/** Why reading stopped: the text is no JSON, or breaks a rule past which there is no going on. */
export class SyntaxProblem {
  readonly code: string
  readonly message: string
  readonly path: string
  constructor(path: string, code: string, message: string) {
    this.path = path
    this.code = code
    this.message = message
  }
}

/** Reads one text; what breaks a rule of ours and can be passed over is added to `problems`. */
export class JsonReader {
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
    const text = this.#text
    throw new SyntaxProblem(
      path,
      'not-json',
      `${what} (${placeIn(text, this.#at)}). ${cureAt(text, this.#at)}`,
    )
  }
}

// A key such as __proto__ must become a plain own member, never a prototype.
function define(members: { [key: string]: Json }, key: string, value: Json): void {
  if (key !== '__proto__') members[key] = value
  else Object.defineProperty(members, key, { value, enumerable: true, writable: true, configurable: true })
}
