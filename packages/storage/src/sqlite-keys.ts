export {
  type RekeyOptions,
  type RekeyResult,
  rekeySqlite,
  sqliteKeyNames,
} from './drivers/sqlite-rekey.ts'
