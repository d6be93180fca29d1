// node node.ts: the site on node:http, at port 3003.
import { createServer } from 'node:http'
import { withPseudonyms } from '@attune/storage/pseudonyms'
import { createSqliteStore } from '@attune/storage/sqlite'
import { createListener } from './node-app.ts'

const secret = process.env.ATTUNE_SECRET ?? ''
const database = createSqliteStore({ path: '.attune/data/attune.db' })
const store = withPseudonyms(database, process.env.ATTUNE_KEYS_AT_REST)
createServer(createListener({ secret, store })).listen(3003)
