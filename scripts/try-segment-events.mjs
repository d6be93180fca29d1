// Sends each example of Segment's specification to a collector and tells what became of it:
// node --import ./scripts/lib/resolve-source.mjs scripts/try-segment-events.mjs <events.jsonl>   (Node 24)
import { readFileSync } from 'node:fs'
import { trySegmentEvents } from '../packages/collector/test/formats/try-segment-events.ts'

const [file] = process.argv.slice(2)
if (file === undefined)
  throw new Error('[scripts] try-segment-events: name a file with one example per line.')
const lines = readFileSync(file, 'utf8').split('\n')
const tried = await trySegmentEvents(
  lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line)),
)
for (const { said, name, reason } of tried)
  console.log(name === undefined ? `refused   ${said}: ${reason}` : `accepted  ${said} → ${name}`)
const accepted = tried.filter(({ name }) => name !== undefined).length
const refused = tried.filter(({ reason }) => reason !== undefined).length
console.log(`${tried.length} examples: ${accepted} accepted, ${refused} refused with a reason.`)
process.exitCode = accepted + refused === tried.length ? 0 : 1
