import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { moveFolder } from './move-folder.mjs'
import { npmPack } from './npm-pack.mjs'
import { sitePackage } from './site-packages.mjs'
import { untar } from './untar.mjs'
import {
  pristineFolder,
  pristineFolders,
  SQLITE_PACKAGE,
  VERSIONS,
  WORDPRESS_PACKAGE,
  wordpressFolder,
} from './versions.mjs'

const SQLITE_PLUGIN = join('wp-content', 'plugins', 'sqlite-database-integration')

let fetched

/**
 * The folder of a WordPress release as it comes, with the SQLite drop-in in place and nothing installed.
 * The first call fetches all versions from npm at once; throws a Trouble when they cannot be had.
 */
export async function pristine(version) {
  if (!existsSync(pristineFolder(version))) {
    fetched ??= fetchAll()
    await fetched.finally(() => {
      fetched = undefined
    })
  }
  return pristineFolder(version)
}

async function fetchAll() {
  // Beside its destination, so that a rename is one step and nobody meets a half of it.
  const work = join(wordpressFolder, `fetch-${process.pid}`)
  rmSync(work, { recursive: true, force: true })
  try {
    await download(work)
    const { unzipSync } = await sitePackage('fflate')
    for (const version of Object.keys(VERSIONS)) assemble(version, work, unzipSync)
    removeOthers()
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function download(work) {
  const cli = await npmPack(SQLITE_PACKAGE, join(work, 'cli'))
  const builds = await npmPack(WORDPRESS_PACKAGE, join(work, 'builds'))
  await untar(builds, (path) => {
    const wanted = Object.values(VERSIONS).some(
      ({ zip, assets }) =>
        path === `package/src/wordpress/${zip}` || path.startsWith(`package/public/${assets}/`),
    )
    return wanted ? join(work, path) : undefined
  })
  await untar(cli, (path) =>
    path.endsWith('/sqlite-database-integration.zip') ? join(work, 'sqlite.zip') : undefined,
  )
}

function assemble(version, work, unzipSync) {
  const destination = pristineFolder(version)
  if (existsSync(destination)) return
  const { zip, assets } = VERSIONS[version]
  const made = join(work, 'package', 'public', assets)
  // The SQLite drop-in that comes with some releases is older, or only a part of one.
  rmSync(join(made, SQLITE_PLUGIN), { recursive: true, force: true })
  unzip(unzipSync(readFileSync(join(work, 'package', 'src', 'wordpress', zip))), (path) => join(made, path))
  const sqlite = unzipSync(readFileSync(join(work, 'sqlite.zip')))
  unzip(sqlite, (path) => join(made, SQLITE_PLUGIN, path.split('/').slice(1).join('/')))
  addDropIn(made)
  for (const path of unwantedIn(made)) rmSync(path, { recursive: true, force: true })
  moveFolder(made, destination)
}

// What would be a site already, its log, the sample plugin, and themes that come without their PHP.
function unwantedIn(made) {
  const theme = readFileSync(join(made, '.default_theme'), 'utf8').trim()
  const themes = readdirSync(join(made, 'wp-content', 'themes'))
  return [
    join(made, 'wp-config.php'),
    join(made, 'wp-content', 'database'),
    join(made, 'wp-content', 'debug.log'),
    join(made, 'wp-content', 'plugins', 'hello.php'),
    ...themes
      .filter((name) => ![theme, 'index.php'].includes(name))
      .map((name) => join(made, 'wp-content', 'themes', name)),
  ]
}

// Fetched by an earlier state of this code.
function removeOthers() {
  const kept = basename(dirname(pristineFolder(Object.keys(VERSIONS)[0])))
  for (const name of readdirSync(pristineFolders)) {
    if (name !== kept) rmSync(join(pristineFolders, name), { recursive: true, force: true })
  }
}

function unzip(files, target) {
  for (const [path, bytes] of Object.entries(files)) {
    if (path.endsWith('/')) continue
    mkdirSync(dirname(target(path)), { recursive: true })
    writeFileSync(target(path), bytes)
  }
}

// Without a path the drop-in looks for its plugin beside itself: right wherever the site is copied or mounted to.
function addDropIn(made) {
  const text = readFileSync(join(made, SQLITE_PLUGIN, 'db.copy'), 'utf8')
  writeFileSync(
    join(made, 'wp-content', 'db.php'),
    text.replaceAll('{SQLITE_PLUGIN}', 'sqlite-database-integration/load.php'),
  )
}
