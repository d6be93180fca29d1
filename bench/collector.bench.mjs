// What the collector holds with the embedded store: SQLite with full synchronisation.

import { benchCollector, benchDelay } from './support/collector-rounds.mjs'
import { openSqlite } from './support/collector-stores.mjs'

await benchDelay('From receipt to profile, folded before the answer', openSqlite, 2_000, '250')
await benchCollector('The collector on SQLite, synchronised at each commit', openSqlite)
