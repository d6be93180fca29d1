/** What several stores say in the same words. */
export const PROFILE_RETENTION = '`retention.profile` after the newest event, default 400 days'
export const EVENT_RETENTION = '`retention.events`, default 90 days'
export const CHOOSING = 'choosing content, with `preferences`'
export const MENDING = 'finding and mending what senders do wrong'
