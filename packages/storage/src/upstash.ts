export { createUpstashStore, type UpstashClientOptions, type UpstashStoreOptions } from './drivers/upstash.ts'
export { createUpstashAnswers, type UpstashAnswersOptions } from './drivers/upstash-answers.ts'
export type { UpstashClient } from './drivers/upstash-client.ts'
export { createUpstashReader, type UpstashReaderOptions } from './drivers/upstash-reader.ts'
