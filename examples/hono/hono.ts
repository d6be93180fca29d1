// node hono.ts: the site on Hono, at port 3002.
import { createServer } from 'node:http'
import { createNodeHandler } from '@attune/collector/node'
import { createSqliteStore } from '@attune/storage/sqlite'
import { createApp } from './hono-app.ts'

const secret = process.env.ATTUNE_SECRET ?? ''
const app = createApp({ secret, store: createSqliteStore({ path: '.attune/data/attune.db' }) })
// Hono's own adapters will do as well.
createServer(createNodeHandler(async (request) => app.fetch(request))).listen(3002)
