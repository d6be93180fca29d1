import { stubOf } from './bridges/tell.ts'
import { safely } from './safely.ts'
import { followTraits } from './traits/follow-traits.ts'

safely(() => {
  const stub = stubOf(window)
  const identify = followTraits()
  Object.assign(stub, { identify })
  // A tag that is on the page twice finds none left.
  for (const traits of stub.i?.splice(0) ?? []) void identify(traits)
})
