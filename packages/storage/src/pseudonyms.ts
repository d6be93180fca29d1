export { createVisitorKeys, type KeysAtRest, type VisitorKeys } from './rights/visitor-keys.ts'
export { PLAIN, withPseudonyms } from './rights/with-pseudonyms.ts'
