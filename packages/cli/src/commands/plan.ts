import type { Ruleset } from '@attune/core'
import { planVariants, type Ranking, rankCombinations, type VariantPlan } from '@attune/core/variants'
import {
  type Call,
  CannotRun,
  type Command,
  type ExitCode,
  isSet,
  textOption,
  wholeOption,
} from '../command.ts'
import { type Io, write } from '../io.ts'
import { readPlannable } from '../plan/read-plannable.ts'
import { readTraffic } from '../plan/read-traffic.ts'
import { renderRanking, renderRoute } from '../plan/render-plan.ts'
import { didYouMean } from '../terminal/near-name.ts'
import { styleFor, widthOf } from '../terminal/style.ts'

const SHOWN = 20
const MOST = 999_999_999

/** `attune plan`: lists the combinations of variants that can occur on each route, and which to render first. */
export const plan: Command = {
  name: 'plan',
  summary: 'Lists the combinations of variants that can occur on each route, and which to render first.',
  arguments: [{ name: 'ruleset', help: 'The JSON file.' }],
  options: {
    route: { type: 'string', value: '<pattern>', help: 'Plans this route only, e.g. /product/[slug].' },
    budget: {
      type: 'string',
      value: '<n>',
      help: "The most combinations of a route, instead of the ruleset's.",
    },
    traffic: {
      type: 'string',
      value: '<file>',
      help: 'What is known of the traffic, JSON or CSV: ranks the combinations.',
    },
    prerender: { type: 'string', value: '<n>', help: `How many of the ranked are shown (${SHOWN}).` },
    all: { type: 'boolean', help: 'Lists every combination.' },
    json: { type: 'boolean', help: 'Prints everything as one JSON document.' },
  },
  notes: [
    'Exit code 1 when a route has more combinations than its budget, 2 for a file that cannot be used.',
  ],
  examples: [
    'attune plan ruleset.json',
    'attune plan ruleset.json --route / --budget 200 --all',
    'attune plan ruleset.json --traffic traffic.json --prerender 20',
  ],
  async run(call, io): Promise<ExitCode> {
    const ruleset = await readPlannable(call.arguments[0]!)
    const planned = planVariants(ruleset, optionsOf(call, ruleset))
    const ranking = await rank(call, io, ruleset, planned)
    const text = isSet(call, 'json')
      ? `${JSON.stringify(ranking === undefined ? planned : { ...planned, ranking }, null, 2)}\n`
      : render(call, io, ruleset, planned, ranking)
    await write(io.stdout, text)
    return planned.routes.some(({ isOver }) => isOver) ? 1 : 0
  },
}

function optionsOf(call: Call, ruleset: Ruleset): Parameters<typeof planVariants>[1] {
  const route = textOption(call, 'route')
  const routes = Object.keys(ruleset.routes ?? {})
  if (route !== undefined && !routes.includes(route))
    throw new CannotRun(
      `The ruleset has no route ${JSON.stringify(route)}.${didYouMean(route, routes)} It has ${routes.join(', ') || 'none'}.`,
    )
  const hasBudget = textOption(call, 'budget') !== undefined
  return {
    ...(route === undefined ? {} : { route }),
    ...(hasBudget ? { budget: wholeOption(call, 'budget', { least: 1, most: MOST, fallback: 1 }) } : {}),
  }
}

async function rank(
  call: Call,
  io: Io,
  ruleset: Ruleset,
  planned: VariantPlan,
): Promise<Ranking | undefined> {
  const file = textOption(call, 'traffic')
  if (file !== undefined)
    return rankCombinations(ruleset, planned, await readTraffic(file, ruleset), io.now())
  if (textOption(call, 'prerender') === undefined) return undefined
  throw new CannotRun('--prerender ranks by traffic. Add --traffic <file>.')
}

function render(
  call: Call,
  io: Io,
  ruleset: Ruleset,
  { routes }: VariantPlan,
  ranking: Ranking | undefined,
): string {
  const width = isSet(call, 'all') ? Number.POSITIVE_INFINITY : widthOf(io.stdout)
  if (ranking !== undefined) {
    const most = isSet(call, 'all')
      ? MOST
      : wholeOption(call, 'prerender', { least: 1, most: MOST, fallback: SHOWN })
    return `${renderRanking(ranking, ruleset, most, width)}\n`
  }
  if (routes.length === 0) return 'The ruleset has no routes.\n'
  const style = styleFor(io.stdout, io.env)
  const most = isSet(call, 'all') ? MOST : SHOWN
  return routes.map((route) => renderRoute(route, ruleset, { most, width, style })).join('\n')
}
