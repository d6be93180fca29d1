// Puts the tracker's parts beside the script of a page, under the names by which it asks for them.
import { copyFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// What a page loads only when it has what it watches; sessions, placements and marks stand in the script itself.
const PARTS = ['forms', 'search', 'video']

for (const name of PARTS) {
  const part = fileURLToPath(import.meta.resolve(`@attune/tracker/attune-${name}.js`))
  copyFileSync(part, new URL(`../build/front/attune-${name}.js`, import.meta.url))
}
