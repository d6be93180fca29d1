export { type BreakerState, createBreaker } from './guard/create-breaker.ts'
export { type GuardedRead, type GuardOptions, guardReader, type ReadOutcome } from './guard/guard-reader.ts'
