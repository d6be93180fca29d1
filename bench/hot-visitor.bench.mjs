// What one visitor who sends half of everything costs the others: at one rate, once spread evenly and once half of it one visitor's, side by
// side on one server, turn by turn.

import { findRedis, openRedis, openSqlite } from './support/collector-stores.mjs'
import { benchHotVisitor } from './support/hot-visitor-rounds.mjs'

await benchHotVisitor('SQLite, synchronised at each commit', openSqlite)
if (findRedis() === undefined) {
  process.stdout.write('Redis left out: there is no redis-server (Debian: apt-get install redis-server).\n')
} else await benchHotVisitor('Redis, appendfsync always', openRedis)
