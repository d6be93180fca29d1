// node hono.ts: the site on Hono, at port 3002.
import { createServer } from 'node:http'
import { createNodeHandler } from '@attune/collector/node'
import { withPseudonyms } from '@attune/storage/pseudonyms'
import { createSqliteStore } from '@attune/storage/sqlite'
import { createApp } from './hono-app.ts'

const secret = process.env.ATTUNE_SECRET ?? ''
const database = createSqliteStore({ path: '.attune/data/attune.db' })
const store = withPseudonyms(database, process.env.ATTUNE_KEYS_AT_REST)
const app = createApp({ secret, store })
// Hono's own adapters will do as well.
createServer(createNodeHandler(async (request) => app.fetch(request))).listen(3002)
