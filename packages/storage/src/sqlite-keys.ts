export { type RekeyOptions, rekeySqlite, sqliteKeyNames } from './drivers/sqlite-rekey.ts'
export type { RekeyResult } from './rekey-result.ts'
