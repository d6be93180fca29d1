import type { Profile } from '@attune/core'
import { reaches } from './newest-mark.ts'

/** Waits so many milliseconds. */
export type Pause = (milliseconds: number) => Promise<unknown>

// A worker that keeps up has folded within 60 ms; who is behind is not waited for.
const PAUSES = [20, 40, 80, 160]

/** Loads a profile that reaches up to a mark (`newestMark`); `undefined` when it does not within 300 ms. */
export async function loadUpTo(
  mark: string,
  pause: Pause,
  load: () => Promise<Profile | null>,
): Promise<Profile | null | undefined> {
  for (const milliseconds of PAUSES) {
    const profile = await load()
    if (reaches(profile, mark)) return profile
    await pause(milliseconds)
  }
  const profile = await load()
  return reaches(profile, mark) ? profile : undefined
}
