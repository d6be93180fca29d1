export type { Json, JsonObject } from './result/json.ts'
export { MAX_DEPTH } from './result/json-reader.ts'
export { type LenientRead, MAX_DOCUMENT_BYTES, readJson, readJsonLeniently } from './result/read-json.ts'
