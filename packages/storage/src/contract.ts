export type { ContractSubject } from './contract/asked-store.ts'
export { describeEventQueue, type QueueSubject } from './contract/describe-event-queue.ts'
export { describeProfileStore } from './contract/describe-profile-store.ts'
