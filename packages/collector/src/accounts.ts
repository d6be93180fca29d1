import { createSealKeys, type SealKeys, seal, toPayload } from '@attune/core'

/** A site's accounts: the people who sign in there, each known by an id that only the secret can make. */
export interface Accounts {
  /**
   * The visitor ids of the person whom the site calls `userId`, one for each live secret, the newest first; the first is written.
   * Each looks like any other visitor id, and leads back to nobody without the secret.
   * @throws TypeError when `userId` is no text of 1 to 256 characters.
   */
  of(userId: string): readonly [string, ...string[]]
  /** Tells whether an id is that of an account; of four thousand million others about one is taken for it. */
  has(visitor: string): boolean
}

/** The longest id of a site's own users that is taken, in UTF-16 units. */
export const MAX_USER_ID = 256

// 96 bits say who it is, 32 bits that it is an account.
const NAME_LENGTH = 16
const MARK_LENGTH = 6

/**
 * Makes the ids of accounts: HMAC-SHA256 of the site's own user id by each secret. `secret`: at least 32 characters each, the newest first.
 * @throws when it is missing or short.
 */
export function createAccounts(secret: string | readonly string[] | SealKeys, site = 'site'): Accounts {
  const keys = isKeys(secret) ? secret : createSealKeys(secret)
  const sign = (key: SealKeys[number], label: string, text: string): string =>
    seal([key], 'visitor', JSON.stringify([site, label]), toPayload(text)).slice(-NAME_LENGTH - MARK_LENGTH)
  const mark = (key: SealKeys[number], name: string): string =>
    sign(key, 'is account', name).slice(-MARK_LENGTH)
  const idOf = (key: SealKeys[number], userId: string): string => {
    const name = sign(key, 'account', userId).slice(0, NAME_LENGTH)
    return name + mark(key, name)
  }
  return {
    of: (userId) => {
      if (!isUserId(userId)) {
        throw new TypeError(
          `[collector] accounts: \`userId\` is no text of 1 to ${MAX_USER_ID} characters. Give the id of your own users.`,
        )
      }
      const [first, ...rest] = keys
      return [idOf(first, userId), ...rest.map((key) => idOf(key, userId))]
    },
    has: (visitor) =>
      keys.some((key) => visitor.slice(NAME_LENGTH) === mark(key, visitor.slice(0, NAME_LENGTH))),
  }
}

/** Tells whether a value can be a site's id of its user. */
export function isUserId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_USER_ID && value.isWellFormed()
}

function isKeys(secret: string | readonly string[] | SealKeys): secret is SealKeys {
  return typeof secret !== 'string' && typeof secret[0] === 'object'
}
