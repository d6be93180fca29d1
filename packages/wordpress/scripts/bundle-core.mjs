// Makes one file of many, in a copy of the plugin, as includes/load.php expects them: base.php of what every request needs,
// stage.php of the rooms that show placements, core.php of includes/core. The files hold declarations alone, so that their order
// does not matter to PHP.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'

// Rooms, then files beside them.
const BUNDLES = {
  base: [['settings', 'ruleset', 'gate'], ['block-place.php']],
  stage: [
    ['visitor', 'consent', 'context', 'profile', 'placement', 'delivery', 'cache'],
    ['personalize.php', 'render-placement.php'],
  ],
}

/** Bundles in a plugin folder; never in the source, where the bundles would fall behind. */
export function bundleCore(plugin) {
  const includes = join(plugin, 'includes')
  bundle(includes, 'core.php', 'Attune\\Core', filesOf(includes, 'core'))
  for (const [name, [rooms, files]] of Object.entries(BUNDLES))
    bundle(includes, `${name}.php`, 'Attune', [...rooms.flatMap((room) => filesOf(includes, room)), ...files])
}

// The files that a load.php names, in its order.
function filesOf(includes, folder) {
  const text = readFileSync(join(includes, folder, 'load.php'), 'utf8')
  const listed = [...text.matchAll(/^\t+'([a-z0-9/-]+)',$/gm)].map(([, name]) => `${folder}/${name}.php`)
  const required = [...text.matchAll(/require_once __DIR__ \. '\/([a-z0-9-]+\.php)'/g)].map(
    ([, name]) => `${folder}/${name}`,
  )
  const files = listed.length > 0 ? listed : required
  if (files.length === 0) throw new Error(`includes/${folder}/load.php names no files. Has its form changed?`)
  return files
}

function bundle(includes, name, namespace, files) {
  const head = `<?php\n// Made of ${files.length} files by scripts/bundle-core.mjs; change those.\n\ndeclare( strict_types=1 );\n\nnamespace ${namespace};\n`
  const parts = files.map((path) => bodyOf(includes, path, namespace))
  writeFileSync(join(includes, name), `${[head, ...parts].join('\n')}\n`)
}

// The declarations of a file, without what every file begins with.
function bodyOf(includes, path, namespace) {
  const text = readFileSync(join(includes, path), 'utf8')
  const opening = `declare( strict_types=1 );\n\nnamespace ${namespace};\n`
  const at = text.indexOf(opening)
  if (!text.startsWith('<?php\n') || at < 0)
    throw new Error(`includes/${path} does not begin as the files of ${namespace} do.`)
  const body = text.slice(at + opening.length).trim()
  if (/__(?:DIR|FILE)__/.test(body))
    throw new Error(
      `includes/${path} names its own folder, which is another one in a bundle. Use ATTUNE_DIR.`,
    )
  return body
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  if (argv[2] === undefined) {
    console.error('Name the folder of a copy of the plugin: node scripts/bundle-core.mjs <folder>')
    process.exit(2)
  }
  bundleCore(argv[2])
}
