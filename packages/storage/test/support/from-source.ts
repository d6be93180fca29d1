// What a program of the tests imports of our packages comes from their sources. Import it first, and the rest by `await import`.
import { registerHooks } from 'node:module'

registerHooks({
  resolve: (specifier, context, next) => {
    const [, name, entry = 'index'] = /^@attune\/([a-z-]+)(?:\/([a-z-]+))?$/.exec(specifier) ?? []
    if (name === undefined) return next(specifier, context)
    return next(new URL(`../../../${name}/src/${entry}.ts`, import.meta.url).href, context)
  },
})
