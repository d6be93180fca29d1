// Tells how many programs and browsers are told apart, by lists of others:
// node --import ./scripts/lib/resolve-source.mjs scripts/try-bots.mjs [--agents <crawler-user-agents.json>] [--log <access log, .gz too>]   (Node 24)
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { parseCombined } from '../packages/cli/src/replay/parse-combined.ts'
import { tryAgents, tryLog } from '../packages/collector/test/bot/try-bots.ts'

const RECALL = 0.995
const WRONG = 0.001
const ASSET =
  /\.(?:avif|bmp|css|gif|gz|ico|jpe?g|js|json|map|mp[34]|ogg|otf|pdf|png|rss|svg|swf|tgz|ttf|txt|webm|webp|woff2?|xml|zip)(?:[?#]|$)/i

const { values } = parseArgs({ options: { agents: { type: 'string' }, log: { type: 'string' } } })
if (values.agents === undefined && values.log === undefined)
  throw new Error('[scripts] try-bots: name --agents <crawler-user-agents.json>, --log <access log> or both.')
const percent = (part, whole) => `${((100 * part) / whole).toFixed(2)} %`

if (values.agents !== undefined) {
  const { programs, missed, browsers, wrong } = tryAgents(JSON.parse(readFileSync(values.agents, 'utf8')))
  const recall = 1 - missed.length / programs
  for (const agent of missed) console.log(`missed   ${agent}`)
  for (const agent of wrong) console.log(`WRONG    ${agent}`)
  console.log(
    `${programs} user agents of programs: ${missed.length} missed, recall ${recall.toFixed(4)} (goal ${RECALL}).`,
  )
  console.log(
    `${browsers} of browsers: ${wrong.length} taken for programs, ${percent(wrong.length, browsers)} (goal 0.1 %).`,
  )
  if (recall < RECALL || wrong.length / browsers > WRONG) process.exitCode = 1
}

if (values.log !== undefined) {
  const bytes = readFileSync(values.log)
  const text = (values.log.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1')
  const requests = text.split('\n').flatMap((line) => parseCombined(line) ?? [])
  const pages = requests.filter(
    ({ method, status, target }) =>
      method === 'GET' && (status === 200 || status === 304) && !ASSET.test(target),
  )
  const report = tryLog(pages)
  console.log(
    `${requests.length} requests, ${report.pages} pages shown, ${report.sessions} sessions from ${report.blocks} address blocks:`,
  )
  for (const [reason, sessions] of Object.entries(report.programs)) {
    const shown = report.programPages[reason]
    console.log(
      `  ${reason.padEnd(12)} ${String(sessions).padStart(6)} sessions (${percent(sessions, report.sessions)}), ${shown} pages (${percent(shown, report.pages)})`,
    )
  }
  const all = Object.values(report.programs).reduce((sum, count) => sum + count, 0)
  console.log(`  programs in all ${all} sessions, ${percent(all, report.sessions)}`)
}
