// Imports each condition of GrowthBook's conformance cases, asks about its attributes and compares the answers:
// node --import ./scripts/lib/resolve-source.mjs scripts/try-growthbook-cases.mjs <cases.json>   (Node 24)
import { readFileSync } from 'node:fs'
import { tryCase } from '../packages/cli/test/support/growthbook-cases.ts'

const [file] = process.argv.slice(2)
if (file === undefined)
  throw new Error('[scripts] try-growthbook-cases: name the cases.json of a GrowthBook SDK.')
const results = JSON.parse(readFileSync(file, 'utf8')).evalCondition.map(tryCase)
const of = (outcome) => results.filter((result) => result.outcome === outcome)
for (const { name, detail } of of('refused')) console.log(`refused    ${name}\n           ${detail}`)
for (const { name, detail } of of('different')) console.log(`DIFFERENT  ${name}\n           ${detail}`)
console.log(
  `${results.length} cases: ${of('same').length} same, ${of('refused').length} refused, ${of('different').length} different.`,
)
process.exitCode = of('different').length > 0 ? 1 : 0
