export { createSqliteConsentLog, type SqliteConsentLogOptions } from './consent/sqlite-consent-log.ts'
