import { followAnalytics } from './bridges/follow-analytics.ts'
import { safely } from './safely.ts'

safely(() => followAnalytics())
