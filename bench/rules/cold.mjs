// From an artefact's text to the first answer, in a process of its own: node cold.mjs <sweep> <published> <visitor>.
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { compileRuleset, evaluateSegments } from '../../packages/core/dist/index.js'
import { createSweep } from '../../packages/core/dist/sweep.js'

const [sweepText, publishedText, visitorText] = process.argv
  .slice(2)
  .map((file) => readFileSync(file, 'utf8'))
const profile = { version: 1, plan: '', firstSeen: null, last: null, signals: {}, traits: {} }
const question = {
  profile,
  context: JSON.parse(visitorText),
  consent: { preferences: true },
  now: Date.now(),
}

// What loading modules left over is not to be collected while the artefact is read.
globalThis.gc()
const began = performance.now()
const sweep = createSweep(JSON.parse(sweepText), () => compileRuleset(JSON.parse(publishedText)))
const answer = sweep.ask(question)
const swept = performance.now()
const answers = evaluateSegments(compileRuleset(JSON.parse(publishedText)), question)
const asked = performance.now()

// As when a new revision arrives: the code has run before.
globalThis.gc()
const arrived = performance.now()
createSweep(JSON.parse(sweepText), () => compileRuleset(JSON.parse(publishedText))).ask(question)
const again = performance.now() - arrived

const differs = sweep.keys.some((key, at) => answer.matches(at) !== (answers[key].match === true))
if (differs) throw new Error('The two back ends differ.')
process.stdout.write(JSON.stringify({ sweep: swept - began, closures: asked - swept, again }))
