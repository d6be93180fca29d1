import { fileURLToPath } from 'node:url'

// The copies that the tests build lie in <root>/.attune/edges/<name>; their Next.js is the repository's.
const root = fileURLToPath(new URL('../../../', import.meta.url))

export default { outputFileTracingRoot: root, turbopack: { root } }
