import { followGoogle } from './consent/follow/follow-google.ts'
import { tellGoogle } from './consent/tell-google.ts'
import { safely } from './safely.ts'

safely(() => {
  const { tell, layer } = document.currentScript?.dataset ?? {}
  if (tell !== undefined) tellGoogle()
  else followGoogle(layer ? { dataLayer: layer } : {})
})
