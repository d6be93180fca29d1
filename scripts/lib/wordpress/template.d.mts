import type { SitePhp } from './choose-php.mjs'

/** The users of every site, role → password; the administrator is `admin`. */
export const USERS: Readonly<Record<'admin' | 'editor' | 'author' | 'contributor' | 'subscriber', string>>

/** See template.mjs. */
export function template(version: string, php: SitePhp): Promise<string>
