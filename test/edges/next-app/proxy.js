import { createProxy } from '@attune/next/proxy'
import ruleset from './ruleset.published.json'

// A store that never answers: what visitors did comes to the next page in their token.
const store = { load: () => new Promise(() => {}) }

export const proxy = createProxy({ ruleset, secret: process.env.ATTUNE_SECRET, store })

export const config = { matcher: ['/((?!_next/).*)'] }
