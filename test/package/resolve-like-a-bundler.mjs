// Loaded with `node --import`: finds `next/server` and its like, which Next.js leaves to bundlers to complete.
import { registerHooks } from 'node:module'

registerHooks({
  resolve(specifier, context, next) {
    return next(/^next\/[a-z-]+$/.test(specifier) ? `${specifier}.js` : specifier, context)
  },
})
