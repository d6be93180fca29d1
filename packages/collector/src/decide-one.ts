import { type Decision, decide, emptyProfile, type Profile } from '@attune/core'
import type { Site } from './site.ts'

type Asked = Omit<Parameters<typeof decide>[1], 'profile'>

/** Decides what a placement showed to whoever had this profile; `null` is a new visitor's. */
export function decideOne(
  { compiled }: Site,
  asked: Asked,
  placement: string,
  before: Profile | null,
): Decision | undefined {
  const profile = before ?? emptyProfile(compiled.plan)
  return decide(compiled, { ...asked, profile }, [placement])[0]
}
