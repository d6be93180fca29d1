export type { Feed, FeedEvent, FeedFilter } from './watching/create-feed.ts'
export { createOnlookers, type Onlookers, type OnlookersOptions } from './watching/create-onlookers.ts'
export type {
  AskedPurpose,
  Counts,
  GrantCounts,
  Pulse,
} from './watching/create-pulse.ts'
