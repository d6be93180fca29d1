export type { Json, JsonObject } from './result/json.ts'
export {
  type LenientRead,
  MAX_DEPTH,
  MAX_DOCUMENT_BYTES,
  readJson,
  readJsonLeniently,
} from './result/read-json.ts'
