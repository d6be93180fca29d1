import { followWp } from './consent/follow/follow-wp.ts'
import { safely } from './safely.ts'

safely(() => followWp())
