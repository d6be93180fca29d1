import { describe } from 'vitest'
import { askEachTime, type ContractSubject } from './asked-store.ts'
import { describeKeeping } from './describe-keeping.ts'
import { describeMergeRaces } from './describe-merge-races.ts'
import { describeMerging } from './describe-merging.ts'
import { describeRehearsing } from './describe-rehearsing.ts'
import { describeRights } from './describe-rights.ts'
import { describeTaking } from './describe-taking.ts'

/** Describes what every profile store must do; a driver's test calls it with a way to create an empty one. */
export function describeProfileStore(name: string, create: () => Promise<ContractSubject>): void {
  describe(name, () => {
    const asked = askEachTime(create)
    describeTaking(asked)
    describeKeeping(asked)
    describeRehearsing(asked)
    describeRights(asked)
    describeMerging(asked)
    describeMergeRaces(asked)
  })
}
