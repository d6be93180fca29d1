// Writes the segments out as the PHP a person would type: one function, no tables, no indirection.

const GROUPS = 'geo device url utm referrer session visitor custom'.split(' ')

/** The source of a file that declares `match_all( \stdClass $context ): array`, a list of booleans. */
export function writePhp(segments) {
  const lines = segments.map((segment) => `\t$out[] = ${write(segment)};`)
  return `<?php
declare( strict_types=1 );

function match_all( \\stdClass $context ): array {
${['language', ...GROUPS].map((name) => `\t$${name} = $context->${name};`).join('\n')}
\t$out = array();
${lines.join('\n')}
\treturn $out;
}
`
}

function write(node) {
  if (node.all) return join(node.all, '&&')
  if (node.any) return join(node.any, '||')
  if (node.not) return `! ${write(node.not)}`
  const { path, op, value } = node
  const field = `$${path.replace('.', '->')}`
  switch (op) {
    case 'is':
      return typeof value === 'boolean' ? (value ? field : `! ${field}`) : `${field} === ${literal(value)}`
    case 'isNot':
      return `${field} !== ${literal(value)}`
    case 'in':
      return `( ${value.map((item) => `${field} === ${literal(item)}`).join(' || ')} )`
    case 'notIn':
      return `( ${value.map((item) => `${field} !== ${literal(item)}`).join(' && ')} )`
    case 'contains':
      return `str_contains( ${field}, ${literal(value)} )`
    case 'has':
      return `in_array( ${literal(value)}, ${field}, true )`
    default:
      return `${field} ${{ atLeast: '>=', moreThan: '>', lessThan: '<', atMost: '<=' }[op]} ${value}`
  }
}

const join = (children, sign) => `( ${children.map(write).join(` ${sign} `)} )`
const literal = (value) =>
  typeof value === 'string' ? `'${value.replace(/[\\']/g, '\\$&')}'` : String(value)
