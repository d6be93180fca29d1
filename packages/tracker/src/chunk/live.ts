export { followLive as observe } from '../live/follow-live.ts'
