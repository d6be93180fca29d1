import { murmur3, type Profile } from '@attune/core'

const MARK = /^(\d{1,12})\.([0-9a-z]{1,7})$/

/** Names the newest event that a profile knows without telling its id, which may be another system's: `<seconds>.<hash>`; '' when it knows none. */
export function newestMark({ last }: Profile): string {
  return last === null ? '' : `${last.seconds}.${hashOf(last.id)}`
}

/**
 * Whether a profile reaches as far as a mark says: it knows that event, or one of a later second. What is no mark asks for nothing. Events that came late, older than
 * the newest, move no mark.
 */
export function reaches(profile: Profile | null, mark: string): boolean {
  const [, seconds, hash] = MARK.exec(mark) ?? []
  if (seconds === undefined) return true
  const last = profile?.last
  if (!last) return false
  return last.seconds > Number(seconds) || (last.seconds === Number(seconds) && hashOf(last.id) === hash)
}

function hashOf(id: string): string {
  return murmur3(id).toString(36)
}
