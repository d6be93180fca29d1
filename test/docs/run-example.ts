const IMPORT = /^import (\{.*\}) from '(.*)'$/gm
const NAMED = /^(?:export )?const (?:\{ )?(\w+)(?: \})? = /gm

/** What an example finds around it. */
export interface Surroundings {
  /** Module → what imports it. */
  readonly modules: { readonly [name: string]: () => Promise<unknown> }
  /** Names that the page takes for known. */
  readonly given?: { readonly [name: string]: unknown }
  readonly env?: { readonly [name: string]: string }
}

/** Runs an example of a page and answers everything that it named. */
export async function runExample<Named>(
  text: string,
  { modules, given = {}, env = {} }: Surroundings,
): Promise<Named> {
  const names = [...text.matchAll(NAMED)].map(([, name]) => name)
  const body = text
    .replace(IMPORT, (_, own: string, module: string) => `const ${own} = await load('${module}')`)
    .replace(/^export /gm, '')
  const known = { ...given, process: { env } }
  // Our own page, and the only way to run what it says.
  const example = new Function(
    'load',
    ...Object.keys(known),
    `return (async () => { ${body}\nreturn { ${names.join()} } })()`,
  )
  const load = (name: string): Promise<unknown> => {
    const found = modules[name]
    if (found === undefined) throw new Error(`The example imports ${name}, which the test does not know.`)
    return found()
  }
  return example(load, ...Object.values(known))
}
