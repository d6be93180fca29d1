import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The plugin's folder. */
export const PLUGIN: string = fileURLToPath(new URL('../../packages/wordpress/', import.meta.url))

/** One PHP file: its path from the plugin's folder, and its text without comments and quoted text. */
export interface PhpSource {
  readonly path: string
  readonly text: string
  readonly code: string
}

/** Every PHP file that is shipped. */
export function readPhp(): readonly PhpSource[] {
  const own = ['attune.php', 'uninstall.php'].map((name) => join(PLUGIN, name))
  return [...own, ...phpBelow(join(PLUGIN, 'includes'))].map((file) =>
    parsePhp(relative(PLUGIN, file), readFileSync(file, 'utf8')),
  )
}

/** Takes comments and quoted text out of PHP. */
export function parsePhp(path: string, text: string): PhpSource {
  const code = text.replace(
    /\/\*[\s\S]*?\*\/|(?:\/\/|#(?!\[)).*|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/g,
    (found) => (/^['"]/.test(found) ? "''" : ''),
  )
  return { path, text, code }
}

function phpBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return phpBelow(path)
    // The concatenated core is built.
    return entry.name.endsWith('.php') && path !== join(PLUGIN, 'includes/core.php') ? [path] : []
  })
}
