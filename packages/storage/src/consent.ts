export type { ConsentChange, ConsentLog, ConsentQuery, ConsentRow } from './consent/consent-log.ts'
export { createMemoryConsentLog } from './consent/memory-consent-log.ts'
