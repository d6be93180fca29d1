export { createSweep, type Sweep, type SweepAnswer } from './sweep/create-sweep.ts'
export { publishSweep } from './sweep/publish-sweep.ts'
export type { PublishedSweep } from './sweep/published-sweep.ts'
