// node node.ts: the site on node:http, at port 3003.
import { createServer } from 'node:http'
import { createSqliteStore } from '@attune/storage/sqlite'
import { createListener } from './node-app.ts'

const secret = process.env.ATTUNE_SECRET ?? ''
createServer(createListener({ secret, store: createSqliteStore({ path: '.attune/data/attune.db' }) })).listen(
  3003,
)
