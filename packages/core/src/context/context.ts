/** What the request itself tells; nothing of it is remembered. Everything is optional. */
export interface Context {
  readonly geo?: { readonly country?: string; readonly region?: string; readonly city?: string }
  readonly device?: { readonly type?: string; readonly os?: string; readonly browser?: string }
  readonly language?: string
  readonly url?: { readonly host?: string; readonly path?: string }
  /** First value of each query parameter. */
  readonly query?: { readonly [name: string]: string }
  readonly utm?: {
    readonly source?: string
    readonly medium?: string
    readonly campaign?: string
    readonly term?: string
    readonly content?: string
  }
  readonly referrer?: { readonly host?: string }
  readonly session?: { readonly number?: number; readonly pageViews?: number; readonly seconds?: number }
  readonly visitor?: { readonly known?: boolean; readonly returning?: boolean }
  /** What the site itself knows. */
  readonly custom?: { readonly [name: string]: unknown }
  /** Minutes east of UTC where the visitor is. */
  readonly utcOffset?: number
}
