/** What we need of an answer of `node:http`. */
export interface NodeResponse {
  statusCode: number
  readonly headersSent: boolean
  getHeader(name: string): number | string | readonly string[] | undefined
  setHeader(name: string, value: number | string | readonly string[]): unknown
  appendHeader(name: string, value: string | readonly string[]): unknown
  writeHead(status: number, ...rest: readonly unknown[]): unknown
  end(text?: string): unknown
}

/** Calls `settle` once, when every header is known and none was sent. */
export function beforeHead(response: NodeResponse, settle: () => void): void {
  const writeHead = response.writeHead
  // Also called by Node itself for whoever never writes a head.
  response.writeHead = (status, ...rest) => {
    response.writeHead = writeHead
    const isMessage = typeof rest[0] === 'string'
    const given = isMessage ? rest[1] : rest[0]
    for (const [name, values] of collectHeaders(given)) response.setHeader(name, values)
    settle()
    return writeHead.call(response, status, ...(isMessage ? [rest[0]] : []))
  }
}

// An object, a list of pairs, or names and values in turn; a name that stands twice has both values.
function collectHeaders(given: unknown): ReadonlyMap<string, string | string[]> {
  const found = new Map<string, string | string[]>()
  for (const [name, value] of pairsOf(given)) {
    const before = found.get(name.toLowerCase())
    const values = Array.isArray(value) ? value.map(String) : [String(value)]
    if (before === undefined && !Array.isArray(value)) found.set(name.toLowerCase(), String(value))
    else found.set(name.toLowerCase(), [before ?? [], values].flat())
  }
  return found
}

function pairsOf(given: unknown): readonly (readonly [string, unknown])[] {
  if (typeof given !== 'object' || given === null) return []
  if (!Array.isArray(given)) return Object.entries(given).filter(([, value]) => value !== undefined)
  if (given.every((pair) => Array.isArray(pair))) return given.map(([name, value]) => [String(name), value])
  return given.flatMap((name, at) => (at % 2 === 0 ? [[String(name), given[at + 1]] as const] : []))
}
