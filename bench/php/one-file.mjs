import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const HEAD = /^<\?php\n[\s\S]*?\nnamespace Attune\\Core;\n/

/** The core as one PHP file, as an installed plugin has it: one include in place of a hundred. */
export function oneFile(core) {
  const names = [...readFileSync(join(core, 'load.php'), 'utf8').matchAll(/^\t\t'([\w/-]+)',$/gm)].map(
    ([, name]) => `${name}.php`,
  )
  const there = readdirSync(core, { recursive: true }).filter((name) => /\/.*\.php$/.test(name))
  const missing = there.filter((name) => !names.includes(name))
  if (missing.length > 0) throw new Error(`load.php does not load ${missing.join(', ')}.`)
  const bodies = names.map((name) => {
    const text = readFileSync(join(core, name), 'utf8')
    if (!HEAD.test(text)) throw new Error(`${name} does not begin as a file of the core does.`)
    return text.replace(HEAD, '')
  })
  return `<?php\ndeclare( strict_types=1 );\nnamespace Attune\\Core;\n${bodies.join('')}`
}
