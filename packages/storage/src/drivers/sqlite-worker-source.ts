import { enableCompileCache, registerHooks } from 'node:module'

// Without it every thread strips the types of all of core again: most of what a short-lived thread would do.
enableCompileCache()

// Runs the worker from source, as tests do before anything is built: sibling packages resolve to their source too.
registerHooks({
  resolve: (specifier, context, next) => {
    const [, name, entry = 'index'] = /^@attune\/([a-z-]+)(?:\/([a-z-]+))?$/.exec(specifier) ?? []
    if (name === undefined) return next(specifier, context)
    return next(new URL(`../../../${name}/src/${entry}.ts`, import.meta.url).href, context)
  },
})

await import('./sqlite-worker.ts')
