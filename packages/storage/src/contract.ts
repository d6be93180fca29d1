export { type ContractSubject, describeProfileStore } from './contract/describe-profile-store.ts'
