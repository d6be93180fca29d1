import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { contentHash } from '../content-hash.mjs'
import { below } from '../paths.mjs'
import { moveFolder } from './move-folder.mjs'
import { pristine } from './pristine.mjs'
import { runPhp } from './run-php.mjs'
import { configure, copySite } from './site-folder.mjs'
import { wordpressFolder } from './versions.mjs'

/** The users of every site here, one per role, with their passwords. The sites are only reachable from this machine. */
export const USERS = {
  admin: 'password',
  editor: 'password',
  author: 'password',
  contributor: 'password',
  subscriber: 'password',
}

const ours = below('scripts', 'lib', 'wordpress')
const installer = join(ours, 'php', 'install.php')
const makers = ['php', 'template.mjs', 'site-folder.mjs', 'pristine.mjs', 'versions.mjs'].map((name) =>
  join(ours, name),
)
const templates = join(wordpressFolder, 'templates')
// One being made has a process id too.
const MADE = /^([\d.]+)-[0-9a-f]{16}$/

/** The folder of an installed WordPress without plugins, made at the first call and copied by every site. */
export async function template(version, php) {
  const name = `${version}-${contentHash(makers).slice(0, 16)}`
  const folder = join(templates, name)
  if (existsSync(folder)) return folder
  const made = `${folder}-${process.pid}`
  rmSync(made, { recursive: true, force: true })
  try {
    copySite(await pristine(version), made)
    configure(made, { url: 'http://127.0.0.1', secret: 'template', loopback: false })
    await runPhp({ php, folder: made, file: installer, input: USERS })
    moveFolder(made, folder)
    removeOthers(version, name)
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
  return folder
}

// Made by earlier code.
function removeOthers(version, kept) {
  for (const name of readdirSync(templates)) {
    if (name === kept || MADE.exec(name)?.[1] !== version) continue
    rmSync(join(templates, name), { recursive: true, force: true })
  }
}
