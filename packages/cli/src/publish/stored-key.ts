/** The key of a ruleset in Redis and Upstash, as sources read it when none is named. */
export const DEFAULT_KEY = 'attune:ruleset'
