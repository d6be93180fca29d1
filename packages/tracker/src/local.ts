export { createLocalTracker, type LocalOptions, type LocalTracker } from './local/create-local-tracker.ts'
export { forgetVisitor } from './local/forget-visitor.ts'
export type { LocalVisitor } from './local/local-visitor.ts'
