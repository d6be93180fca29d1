import { followGpp } from './consent/follow/follow-gpp.ts'
import type { Purpose } from './consent/purpose.ts'
import { safely } from './safely.ts'

safely(() => {
  const unasked = document.currentScript?.dataset.unasked?.split(/\s+/) ?? []
  // Words that are no purposes are not written.
  followGpp({ unasked: unasked as Purpose[] })
})
