import { chunkBeside } from './chunk/chunk-beside.ts'
import { startScript } from './start-script.ts'
import { startTracker } from './start-tracker.ts'

startScript((script, calls = []) => {
  const tracker = startTracker({ endpoint: script?.dataset.endpoint, load: chunkBeside(script?.src) })
  for (const call of calls) tracker.track(...call)
  return tracker
})
