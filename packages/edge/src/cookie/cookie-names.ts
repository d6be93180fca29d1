/** Signed visitor id, HttpOnly, 400 days. */
export const VISITOR_COOKIE = 'attune_visitor'
/** What conditions need of the visitor's profile, signed, HttpOnly, 24 hours. */
export const TOKEN_COOKIE = 'attune_token'
/** The decisions that client-side navigation keeps, signed, HttpOnly, for the session. */
export const PIN_COOKIE = 'attune_pin'
/** Says that the browser behaves like a program, HttpOnly, 24 hours. */
export const PROGRAM_COOKIE = 'attune_program'
/** Says that somebody signed out here, HttpOnly, 400 days: no cookie of an account is believed until the next sign-in. */
export const LEFT_COOKIE = 'attune_left'
/** The session, which the tracker counts; scripts may read it. */
export const SESSION_COOKIE = 'attune_session'
/** Granted purposes joined by dots, or `none`; scripts may read it. */
export const CONSENT_COOKIE = 'attune_consent'
/** A signed preview, HttpOnly. */
export const PREVIEW_COOKIE = 'attune_preview'
/**
 * Stands before the names of our HttpOnly cookies on a site of https: a browser then takes them from this host alone, not from
 * a sibling (RFC 6265bis, section 4.1.3.2).
 */
export const HOST_PREFIX = '__Host-'
