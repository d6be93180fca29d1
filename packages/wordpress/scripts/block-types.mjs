// Puts what WordPress reads from each block.json into one PHP file, which the opcode cache keeps in memory: pages need no scripts
// of editors, and reading and translating the files costs each of them half a millisecond.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const folder = new URL('../build/blocks/', import.meta.url)
const SETTINGS = {
  api_version: 'apiVersion',
  title: 'title',
  category: 'category',
  parent: 'parent',
  description: 'description',
  keywords: 'keywords',
  attributes: 'attributes',
  supports: 'supports',
  uses_context: 'usesContext',
  textdomain: 'textdomain',
}

const blocks = Object.fromEntries(
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [
      name,
      settingsOf(JSON.parse(readFileSync(new URL(`${name}/block.json`, folder), 'utf8'))),
    ]),
)
writeFileSync(new URL('blocks.php', folder), `<?php\ndefined( 'ABSPATH' ) || exit;\nreturn ${php(blocks)};\n`)

function settingsOf(metadata) {
  const kept = Object.entries(SETTINGS).filter(([, member]) => metadata[member] !== undefined)
  return Object.fromEntries(kept.map(([name, member]) => [name, metadata[member]]))
}

function php(value) {
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&')}'`
  if (Array.isArray(value)) return `array( ${value.map(php).join(', ')} )`
  if (typeof value !== 'object' || value === null) return String(value)
  const members = Object.entries(value).map(([name, member]) => `${php(name)} => ${php(member)}`)
  return `array( ${members.join(', ')} )`
}
