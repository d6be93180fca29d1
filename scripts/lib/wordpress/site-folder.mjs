import {
  copyFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { below } from '../paths.mjs'

const ours = below('scripts', 'lib', 'wordpress')

/** A site of its own from another: what WordPress never writes is linked, wp-content is copied. */
export function copySite(from, to) {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.name === 'wp-content') cpSync(source, target, { recursive: true })
    else linkAll(source, target, entry.isDirectory())
  }
}

function linkAll(from, to, isFolder) {
  if (!isFolder) return linkOrCopy(from, to)
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true }))
    linkAll(join(from, entry.name), join(to, entry.name), entry.isDirectory())
}

function linkOrCopy(from, to) {
  try {
    linkSync(from, to)
  } catch {
    // Another file system, or one without links.
    copyFileSync(from, to)
  }
}

/** Writes a site's wp-config.php and what keeps it from asking the internet. */
export function configure(folder, { url, secret, loopback }) {
  const text = readFileSync(join(ours, 'php', 'wp-config.php'), 'utf8')
  const values = { url, secret, loopback: String(loopback) }
  const config = text.replace(/\{\{(\w+)\}\}/g, (_, name) => values[name])
  // A link to the template's own file would change that too.
  rmSync(join(folder, 'wp-config.php'), { force: true })
  writeFileSync(join(folder, 'wp-config.php'), config)
  mkdirSync(join(folder, 'wp-content', 'mu-plugins'), { recursive: true })
  copyFileSync(
    join(ours, 'php', 'attune-site.php'),
    join(folder, 'wp-content', 'mu-plugins', 'attune-site.php'),
  )
}
