export type { Hear } from './bridges/tell.ts'
export type { Traits } from './traits/encode-traits.ts'
export { followTraits, type Identify, type TraitsOptions } from './traits/follow-traits.ts'
