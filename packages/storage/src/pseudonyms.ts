export { PLAIN, withPseudonyms } from './rights/with-pseudonyms.ts'
