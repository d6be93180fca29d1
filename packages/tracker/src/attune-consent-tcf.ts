import { followTcf } from './consent/follow/follow-tcf.ts'
import { safely } from './safely.ts'

safely(() => {
  const { vendor, publisher } = document.currentScript?.dataset ?? {}
  followTcf({ ...(vendor ? { vendor: Number(vendor) } : {}), publisher: publisher !== undefined })
})
