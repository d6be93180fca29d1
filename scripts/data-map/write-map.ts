// npm run data-map: writes docs/privacy from what scripts/data-map says is kept.
import { mkdirSync, writeFileSync } from 'node:fs'
import { generatePages } from './generate-map.ts'

const folder = new URL('../../docs/privacy/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const [file, text] of Object.entries(generatePages())) {
  writeFileSync(new URL(file, folder), text)
  process.stdout.write(`docs/privacy/${file}\n`)
}
