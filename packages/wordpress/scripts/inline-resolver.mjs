// Puts the resolver's text into a PHP file, which the opcode cache keeps in memory.
import { readFileSync, writeFileSync } from 'node:fs'

const folder = new URL('../build/front/', import.meta.url)
const text = readFileSync(new URL('resolver.js', folder), 'utf8').trim()
if (/<\/script|<!--/i.test(text)) {
  throw new Error(
    '[wordpress] inline-resolver: the resolver holds what would end its element. Write it otherwise.',
  )
}
const quoted = text.replace(/[\\']/g, '\\$&')
writeFileSync(new URL('resolver.php', folder), `<?php\ndefined( 'ABSPATH' ) || exit;\nreturn '${quoted}';\n`)
