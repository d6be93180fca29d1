import { startScript } from './start-script.ts'
import { startTracker } from './start-tracker.ts'

startScript((endpoint, calls = []) => {
  const tracker = startTracker({ endpoint })
  for (const call of calls) tracker.track(...call)
  return tracker
})
