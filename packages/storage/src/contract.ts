export type { ContractSubject } from './contract/asked-store.ts'
export { describeProfileStore } from './contract/describe-profile-store.ts'
