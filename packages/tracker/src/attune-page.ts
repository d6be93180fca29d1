import { browserEnvironment } from './environment.ts'
import { startScript } from './start-script.ts'
import { startWatching } from './start-watching.ts'

// `track` is there, so that a page made for the whole script does not break, and does nothing.
startScript((script) => ({
  track: async () => {},
  consent: startWatching(browserEnvironment(), script?.dataset.endpoint).consent,
}))
