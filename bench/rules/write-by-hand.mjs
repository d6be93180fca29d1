// Writes the segments out as the TypeScript a person would type: one function, no tables, no indirection.

const GROUPS = 'geo device url utm referrer session visitor custom'.split(' ')

/** The source of a module that exports `matchAll(context, out)`. */
export function writeByHand(segments, visitor) {
  const lines = segments.map((segment, at) => `  out[${at}] = ${write(segment)} ? 1 : 0`)
  return `interface Context ${writeType(visitor)}

export function matchAll(context: Context, out: Uint8Array): void {
  const { language, ${GROUPS.join(', ')} } = context
${lines.join('\n')}
}
`
}

function write(node) {
  if (node.all) return join(node.all, '&&')
  if (node.any) return join(node.any, '||')
  if (node.not) return `!${write(node.not)}`
  const { path, op, value } = node
  const text = JSON.stringify(value)
  switch (op) {
    case 'is':
      return typeof value === 'boolean' ? (value ? path : `!${path}`) : `${path} === ${text}`
    case 'isNot':
      return `${path} !== ${text}`
    case 'in':
      return `(${value.map((item) => `${path} === ${JSON.stringify(item)}`).join(' || ')})`
    case 'notIn':
      return `(${value.map((item) => `${path} !== ${JSON.stringify(item)}`).join(' && ')})`
    case 'contains':
    case 'has':
      return `${path}.includes(${text})`
    default:
      return `${path} ${{ atLeast: '>=', moreThan: '>', lessThan: '<', atMost: '<=' }[op]} ${value}`
  }
}

const join = (children, sign) => `(${children.map(write).join(` ${sign} `)})`

function writeType(value) {
  if (Array.isArray(value)) return 'readonly string[]'
  if (typeof value !== 'object') return typeof value
  return `{ ${Object.entries(value)
    .map(([name, member]) => `readonly ${name}: ${writeType(member)}`)
    .join('; ')} }`
}
