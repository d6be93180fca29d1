export { followWp } from './consent/follow/follow-wp.ts'
