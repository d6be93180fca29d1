import { isFoldable, NOT_ASCII } from './growthbook-list.ts'
import type { Operator } from './growthbook-value.ts'
import type { Part, Test } from './meaning.ts'

const REFUSED = {
  refused:
    'Of regular expressions only plain text can be said here, with ^ and $ and alternatives: ^a, b$, (c|d). Ask with "in", "contains", "startsWith" or "endsWith".',
}

/** A regular expression that asks for plain text at the beginning, at the end or anywhere. */
export function regex(ignoreCase: boolean): Operator {
  return (operand) => {
    const tests = typeof operand === 'string' ? alternativesOf(operand).map(testOf) : []
    if (typeof operand !== 'string' || !tests.every(isTest)) return REFUSED
    if (ignoreCase && !isFoldable(operand)) return NOT_ASCII
    const parts = tests.map(
      (test): Part => ({ holds: 'text', test: ignoreCase ? { ...test, ignoreCase } : test }),
    )
    // There a missing attribute is the text "null".
    const missing = new RegExp(operand, ignoreCase ? 'i' : '').test('null')
    return { missing, strict: false, parts }
  }
}

const GROUP = /^(\^?)\((?:\?:)?([^()]*)\)(\$?)$/

function alternativesOf(pattern: string): readonly string[] {
  const [, head = '', body = pattern, tail = ''] = GROUP.exec(pattern) ?? []
  return body.split('|').map((alternative) => head + alternative + tail)
}

// Escapes of letters and digits have a meaning of their own; those of signs are the signs.
const PLAIN = /^(\^?)((?:[^\\^$.*+?()[\]{}|]|\\[^A-Za-z0-9|])+)(\$?)$/

function testOf(pattern: string): Test | undefined {
  const [, head = '', escaped, tail = ''] = PLAIN.exec(pattern) ?? []
  if (escaped === undefined) return undefined
  const text = escaped.replace(/\\(.)/g, '$1')
  if (head !== '' && tail !== '') return { is: text }
  if (head !== '') return { startsWith: text }
  return tail !== '' ? { endsWith: text } : { contains: text }
}

function isTest(test: Test | undefined): test is Test {
  return test !== undefined
}
