export type { ConsentChoice, Purpose } from './consent/consent-cookie.ts'
export { createTracker } from './create-tracker.ts'
export type { Environment } from './environment.ts'
export type { Tracker, TrackerOptions } from './start-tracker.ts'
