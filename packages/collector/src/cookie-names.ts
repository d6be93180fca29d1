/** Signed visitor id, HttpOnly, 400 days. */
export const VISITOR_COOKIE = 'attune_visitor'
/** What conditions need of the visitor's profile, signed, HttpOnly, 24 hours. */
export const TOKEN_COOKIE = 'attune_token'
/** The decisions that client-side navigation keeps, signed, HttpOnly, for the session. */
export const PIN_COOKIE = 'attune_pin'
/** Says that the browser behaves like a program: the visitor's signed id, HttpOnly, 24 hours. The edge knows no visitor without its own cookie, and shows the baseline to who has this one. */
export const PROGRAM_COOKIE = 'attune_program'
/** When somebody signed out here, milliseconds since 1970; HttpOnly, as long as the visitor's: until the next sign-in no cookie of an account is believed. */
export const LEFT_COOKIE = 'attune_left'
/** When somebody last signed out before who is signed in here now, milliseconds since 1970; HttpOnly, as long as late events are taken. */
export const SINCE_COOKIE = 'attune_since'
/** When whoever was here left or was forgotten, milliseconds since 1970; as long as the visitor's. Scripts may read it, and forget what the browser keeps of them. */
export const GONE_COOKIE = 'attune_gone'
/** The session, which the tracker counts with consent to `preferences` or `statistics`; scripts may read it. */
export const SESSION_COOKIE = 'attune_session'
/** Granted purposes joined by dots, or `none`; scripts may read it. */
export const CONSENT_COOKIE = 'attune_consent'
/**
 * Stands before the names of our HttpOnly cookies on a site of https: a browser then takes them from this host alone, not from
 * a sibling (RFC 6265bis, section 4.1.3.2).
 */
export const HOST_PREFIX = '__Host-'
