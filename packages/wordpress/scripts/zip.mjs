// Makes attune.zip, which WordPress installs: what runs, the built scripts, core in one file; no tests, no sources of scripts.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { zipSync } from 'fflate'
import { bundleCore } from './bundle-core.mjs'
import { makePot } from './make-pot.mjs'

const plugin = fileURLToPath(new URL('../', import.meta.url))
const SHIPPED = ['attune.php', 'uninstall.php', 'readme.txt', 'includes', 'build', 'patterns']
/** Without one of these the zip would install and not work. */
const NEEDED = [
  'build/blocks/blocks.php',
  'build/blocks/adaptive/block.json',
  'build/blocks/variant/block.json',
  'build/editor/editor.asset.php',
  'build/admin/segments.asset.php',
  'build/admin/settings.asset.php',
  'build/front/attune.js',
  'build/front/attune-forms.js',
  'build/front/attune-search.js',
  'build/front/attune-video.js',
  'build/front/resolver.php',
]
// The same files make the same zip, whenever it is made; the format knows no time before 1980.
const TIME = new Date('1980-01-01T12:00:00')

/** Writes the zip and answers how many files it holds and its bytes. Throws naming what was not built. */
export function makeZip(target) {
  const built = join(plugin, 'build')
  const styles = (existsSync(built) ? filesBelow(built) : []).filter(
    (path) => path.endsWith('.css') && !path.endsWith('-rtl.css'),
  )
  const mirrored = styles.map((path) => `build/${path.replace(/\.css$/, '-rtl.css')}`)
  const missing = [...NEEDED, ...mirrored].filter((path) => !existsSync(join(plugin, path)))
  if (missing.length > 0)
    throw new Error(
      `[wordpress] zip: ${missing.join(', ')} is missing. Build first: npm start does, from the root.`,
    )
  const work = mkdtempSync(join(tmpdir(), 'attune-zip-'))
  try {
    const copy = join(work, 'attune')
    mkdirSync(copy)
    for (const name of SHIPPED.filter((name) => existsSync(join(plugin, name))))
      cpSync(join(plugin, name), join(copy, name), {
        recursive: true,
        filter: (path) => !path.endsWith('.map'),
      })
    checkVersions(copy)
    makePot(copy, join(plugin, 'src'))
    bundleCore(copy)
    // Its parts are in includes/core.php now.
    rmSync(join(copy, 'includes', 'core'), { recursive: true })
    const paths = filesBelow(copy)
    const files = Object.fromEntries(paths.map((path) => [`attune/${path}`, readFileSync(join(copy, path))]))
    const zip = zipSync(files, { level: 9, mtime: TIME })
    writeFileSync(target, zip)
    return { files: paths.length, bytes: zip.length }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

// WordPress reads the version in two places and shows whichever it asked for.
function checkVersions(folder) {
  const [, version] = /^ \* Version:\s*(\S+)$/m.exec(readFileSync(join(folder, 'attune.php'), 'utf8')) ?? []
  const [, stable] = /^Stable tag:\s*(\S+)$/m.exec(readFileSync(join(folder, 'readme.txt'), 'utf8')) ?? []
  if (version === undefined || version !== stable)
    throw new Error(
      `[wordpress] zip: attune.php says version ${version}, readme.txt ${stable}. Write the same in both.`,
    )
}

function filesBelow(folder, below = '') {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      return entry.isDirectory() ? filesBelow(folder, path) : [path]
    })
    .sort()
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const target = argv[2] ?? join(plugin, 'attune.zip')
  try {
    const { files, bytes } = makeZip(target)
    console.log(`${target}: ${files} files, ${Math.round(bytes / 1024)} kB`)
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
