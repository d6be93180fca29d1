// Loaded with `node --import`: workspace packages resolve to their TypeScript source, so that nothing needs a build.
import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import { below } from './paths.mjs'

const WORKSPACE = /^@attune\/([a-z-]+)(?:\/([a-z-]+))?$/

registerHooks({
  resolve(specifier, context, next) {
    const [, name, entry = 'index'] = WORKSPACE.exec(specifier) ?? []
    const source = name === undefined ? undefined : below('packages', name, 'src', `${entry}.ts`)
    if (source === undefined || !existsSync(source)) return next(specifier, context)
    return { url: pathToFileURL(source).href, shortCircuit: true }
  },
})
