import { followDataLayer } from './bridges/follow-data-layer.ts'
import { safely } from './safely.ts'

safely(() => {
  const { layer, events } = document.currentScript?.dataset ?? {}
  followDataLayer({ ...(layer ? { dataLayer: layer } : {}), events: events?.split(/[\s,]+/) ?? [] })
})
