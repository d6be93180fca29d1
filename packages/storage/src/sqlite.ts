export { createSqliteStore, type SqliteStoreOptions } from './drivers/sqlite.ts'
