/** The key of a ruleset where none is named. */
export const RULESET_KEY = 'attune:ruleset'
