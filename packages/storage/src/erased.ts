export { type ErasedAgain, type ErasingAgain, eraseAgain } from './rights/erase-again.ts'
export { type ErasedEntry, type ErasedList, openErasedList } from './rights/erased-list.ts'
export { withErasedList } from './rights/with-erased-list.ts'
