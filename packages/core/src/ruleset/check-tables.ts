import { checkEvent, checkProperty } from '../condition/check-names.ts'
import { checkSteps } from '../condition/check-order.ts'
import { type CheckScope, checkWindow, isTenThousandths } from '../condition/check-scope.ts'
import type { FunnelDefinition, RfmDefinition } from '../condition/definitions.ts'
import { quote } from '../result/findings.ts'
import { jsonPath } from '../result/json-path.ts'
import { checkKey, isSound } from './check-each.ts'

/** Bands 1 to 5 lie between so many cut points. */
const CUT_POINTS = 4
const MAX_DAYS = 36_500
const MAX_FREQUENCY = 1_000_000
const MAX_MONETARY = 900_000_000_000

/** Checks a funnel; answers it when it is sound. */
export function checkFunnel(scope: CheckScope, path: string, value: unknown): FunnelDefinition | undefined {
  const { findings } = scope
  if (!findings.object(path, value, 'A funnel')) return undefined
  const sound = isSound(findings, () => {
    findings.fields(path, value, ['within', 'steps'])
    checkWindow(scope, jsonPath(path, 'within'), value.within, true)
    const steps = checkSteps(scope, jsonPath(path, 'steps'), value.steps, ['stage', 'event', 'where'])
    const stages = new Set<unknown>()
    for (const [place, { stage }] of steps) {
      const at = jsonPath(place, 'stage')
      if (checkKey(findings, at, stage) && stages.has(stage))
        findings.error(at, 'duplicate-stage', `The stage ${quote(stage)} stands twice. Rename one.`, stage)
      stages.add(stage)
    }
  })
  return sound ? (value as unknown as FunnelDefinition) : undefined
}

/** Checks a table of recency, frequency and value; answers it when it is sound. */
export function checkRfmTable(scope: CheckScope, path: string, value: unknown): RfmDefinition | undefined {
  const { findings } = scope
  if (!findings.object(path, value, 'An RFM table')) return undefined
  const sound = isSound(findings, () => {
    findings.fields(path, value, ['event', 'value', 'within', 'recency', 'frequency', 'monetary'])
    checkValue(scope, path, value.event, value.value)
    checkWindow(scope, jsonPath(path, 'within'), value.within, true)
    checkCuts(scope, jsonPath(path, 'recency'), value.recency, { whole: true, most: MAX_DAYS })
    checkCuts(scope, jsonPath(path, 'frequency'), value.frequency, { whole: true, most: MAX_FREQUENCY })
    checkCuts(scope, jsonPath(path, 'monetary'), value.monetary, { whole: false, most: MAX_MONETARY })
  })
  return sound ? (value as unknown as RfmDefinition) : undefined
}

function checkValue(scope: CheckScope, path: string, event: unknown, property: unknown): void {
  const definition = checkEvent(scope, jsonPath(path, 'event'), event)
  if (definition === undefined) return
  const type = checkProperty(scope, jsonPath(path, 'value'), definition, property)
  if (type !== 'string' && type !== 'boolean') return
  const message = `The property ${quote(property)} is a ${type}: it adds up to nothing. Name a number.`
  scope.findings.error(jsonPath(path, 'value'), 'type-mismatch', message, property)
}

interface Cuts {
  readonly whole: boolean
  readonly most: number
}

function checkCuts({ findings }: CheckScope, path: string, cuts: unknown, { whole, most }: Cuts): void {
  const least = whole ? 0 : -most
  const isCut = (cut: unknown, at: number, list: readonly unknown[]): boolean =>
    typeof cut === 'number' &&
    cut >= least &&
    cut <= most &&
    (whole ? Number.isInteger(cut) : isTenThousandths(cut)) &&
    (at === 0 || cut > (list[at - 1] as number))
  if (Array.isArray(cuts) && cuts.length === CUT_POINTS && cuts.every(isCut)) return
  const numbers = whole ? 'whole numbers' : 'numbers with at most four decimals'
  findings.error(
    path,
    'cut-points',
    `${quote(cuts)} are no cut points. Write ${CUT_POINTS} ascending ${numbers} from ${least} to ${most}.`,
    cuts,
  )
}
