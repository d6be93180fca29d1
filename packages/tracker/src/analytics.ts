export { type AnalyticsOptions, followAnalytics } from './bridges/follow-analytics.ts'
export type { Hear } from './bridges/tell.ts'
