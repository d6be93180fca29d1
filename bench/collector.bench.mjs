// What the collector holds with the embedded store: SQLite with full synchronisation.

import { benchCollector } from './support/collector-rounds.mjs'
import { openSqlite } from './support/collector-stores.mjs'

await benchCollector('The collector on SQLite, synchronised at each commit', openSqlite)
