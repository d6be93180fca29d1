import type { Ruleset } from '@attune/core'
import type { Combination, Ranking, RoutePlan } from '@attune/core/variants'
import { countOf, formatCount, formatShare } from '../terminal/format.ts'
import { lengthOf, printable, type Style } from '../terminal/style.ts'
import { pad, renderTable } from '../terminal/table.ts'

const LEFT = 'left' as const
const RIGHT = 'right' as const

/** A route: its bound, and its combinations, at most `most` of them, each with an example of who sees it. */
export function renderRoute(
  plan: RoutePlan,
  ruleset: Ruleset,
  { most, width, style }: { readonly most: number; readonly width: number; readonly style: Style },
): string {
  const shown = plan.combinations.slice(0, most)
  const numbers = formatCount(shown.length).length
  const blocks = shown.map(({ variants, why }, at) => {
    const example = wrap(why.length === 0 ? ['nothing applies'] : why.map(printable), width - numbers - 4)
    const title = `  ${pad(formatCount(at + 1), numbers, 'right')}  ${showVariants(variants, ruleset)}`
    return [title, ...example.map((line) => `  ${' '.repeat(numbers)}  ${style.faint(line)}`)].join('\n')
  })
  const paint = plan.isOver ? style.red : style.green
  const number = plan.isExact ? formatCount(plan.count) : `at least ${formatCount(plan.count)}`
  const head = `${style.strong(printable(plan.route))}  ${paint(`${number} of ${formatCount(plan.product)} combinations`)}`
  const proof = wrap(plan.proof.split(' '), width - 2, ' ').map((line) => `  ${printable(line)}`)
  const hidden = plan.combinations.length - shown.length
  const rest = hidden > 0 ? [`  … and ${formatCount(hidden)} more; --all lists them`] : []
  return `${[head, ...proof, '', ...blocks, ...rest].join('\n')}\n`
}

// Parts on as few lines as they fit; one that is longer stands alone.
function wrap(parts: readonly string[], width: number, glue = ', '): readonly string[] {
  const lines: string[] = []
  for (const part of parts) {
    const last = lines.at(-1)
    const joined = `${last}${glue}${part}`
    if (last !== undefined && lengthOf(joined) <= width) lines[lines.length - 1] = joined
    else {
      if (last !== undefined) lines[lines.length - 1] = `${last}${glue}`.trimEnd()
      lines.push(part)
    }
  }
  return lines
}

/** The combinations to render first, with what they cover. */
export function renderRanking(
  { combinations, assumed, unplanned }: Ranking,
  ruleset: Ruleset,
  most: number,
  width: number,
): string {
  const rows = combinations
    .slice(0, most)
    .map(({ route, variants, share, cumulative }, at) => [
      formatCount(at + 1),
      formatShare(share, 1),
      formatShare(cumulative, 1),
      printable(route),
      showVariants(variants, ruleset),
    ])
  const columns = [
    { title: '#', align: RIGHT },
    { title: 'views', align: RIGHT },
    { title: 'in all', align: RIGHT },
    { title: 'route', align: LEFT },
    { title: 'other than baselines', align: LEFT },
  ]
  const covered = combinations[Math.min(most, combinations.length) - 1]?.cumulative ?? 0
  const first = Math.min(most, combinations.length)
  const said = `The first ${formatCount(first)} of ${countOf(combinations.length, 'combination')} cover ${formatShare(covered, 1)} of the page views.`
  return [
    `${renderTable(columns, rows, width)}\n${said}`,
    ...assumptions(assumed),
    ...strangers(unplanned),
  ].join('\n')
}

function assumptions(assumed: readonly string[]): readonly string[] {
  if (assumed.length === 0) return []
  return [
    'No share is given for these; each is taken to be true for one half of the visitors:',
    ...assumed.map((name) => `  ${printable(name)}`),
    'Say otherwise under "segments" of the traffic; a condition goes by the segment that asks it.',
  ]
}

function strangers(unplanned: Ranking['unplanned']): readonly string[] {
  if (unplanned.length === 0) return []
  return [
    `${countOf(unplanned.length, 'counted combination')} cannot occur with this ruleset and ${unplanned.length === 1 ? 'is' : 'are'} left out.`,
  ]
}

function showVariants(variants: Combination['variants'], { placements = {} }: Ruleset): string {
  const other = Object.entries(variants).filter(([key, variant]) => placements[key]?.baseline !== variant)
  if (other.length === 0) return 'baselines'
  return printable(other.map(([key, variant]) => `${key} ${variant}`).join(', '))
}
