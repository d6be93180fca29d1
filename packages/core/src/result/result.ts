/** Something wrong with a document: where it stands, what was found and how to mend it. */
export interface Problem {
  /** JSON path of the offending value, `$` for the document itself. */
  readonly path: string
  /** Stable machine-readable name of the finding, e.g. `unknown-event`. */
  readonly code: string
  readonly severity: 'error' | 'warning'
  /** One sentence that names the value and the cure. */
  readonly message: string
  /** The offending value, when it is worth showing. */
  readonly value?: unknown
}

/** What a `parse*` function answers: the value, or every problem found. It never throws. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Wraps a good value. */
export function success<T>(value: T): Result<T> {
  return { ok: true, value }
}

/** Wraps one error found at `path`. */
export function failure<T>(path: string, code: string, message: string, value?: unknown): Result<T> {
  return { ok: false, problems: [{ path, code, severity: 'error', message, value }] }
}
