import { explainSegment, type SegmentTrace } from '@attune/core/explain'
import { type Call, CannotRun, type Command, type ExitCode, isSet, textOptions } from '../command.ts'
import { readQuestion } from '../explain/read-question.ts'
import { renderTrace } from '../explain/render-trace.ts'
import { write } from '../io.ts'
import { DATABASE } from '../options/open-database.ts'
import { readRuleset } from '../options/read-ruleset.ts'
import { AUDIT_OPTIONS } from '../rights/write-down.ts'
import { didYouMean } from '../terminal/near-name.ts'
import { styleFor, widthOf } from '../terminal/style.ts'

/** `attune explain`: why a visitor is in a segment or is not, and what would change it. */
export const explain: Command = {
  name: 'explain',
  summary: 'Explains in plain English why a visitor is in a segment or not, and what would change it.',
  arguments: [{ name: 'ruleset', help: 'The JSON file of the document.' }],
  options: {
    segment: {
      type: 'string',
      value: '<key>',
      multiple: true,
      help: 'The segment. Repeatable; default all.',
    },
    case: {
      type: 'string',
      value: '<file>',
      help: 'A case as `attune evaluate` takes it; its ruleset may be left out.',
    },
    visitor: { type: 'string', value: '<id>', help: 'A stored visitor, instead of the events of a case.' },
    data: {
      type: 'string',
      value: '<folder>',
      help: `Holds ${DATABASE}, where the visitor is; default ATTUNE_DATA.`,
    },
    ...AUDIT_OPTIONS,
    json: { type: 'boolean', help: 'Prints the traces as one JSON document.' },
  },
  notes: [
    '✓ true, ✗ false, ? unknown, which is not in the segment. Below each condition: what it saw, what would change it.',
    'What is said to change an answer was tried: events were folded into a copy of the profile and the segment asked.',
    'Who looks at a stored visitor is written down where a log is named: --audit, or ATTUNE_AUDIT_LOG.',
    'A visitor without a case is asked about now, with everything allowed and no context.',
  ],
  examples: [
    'attune explain ruleset.json --segment high-intent --case case.json',
    'attune explain ruleset.json --visitor 5fPp… --data .attune/data',
  ],
  async run(call, io): Promise<ExitCode> {
    const ruleset = readRuleset(call.arguments[0]!)
    const keys = readKeys(call, Object.keys(ruleset.segments ?? {}))
    const { compiled, question } = await readQuestion(call, ruleset, io)
    const traces = keys.map((key) => explainSegment(compiled, question, key))
    const view = {
      style: styleFor(io.stdout, io.env),
      width: widthOf(io.stdout),
      timezone: ruleset.timezone ?? 'UTC',
      now: question.now,
    }
    const report = isSet(call, 'json')
      ? renderJson(ruleset.revision, question.now, traces)
      : traces.map((trace) => renderTrace(trace, view)).join('\n')
    await write(io.stdout, report)
    return 0
  },
}

function readKeys(call: Call, known: readonly string[]): readonly string[] {
  const asked = textOptions(call, 'segment')
  const wrong = asked.find((key) => !known.includes(key))
  if (wrong !== undefined) {
    const some = known.length === 0 ? 'It has none.' : `It has ${known.slice(0, 10).join(', ')}.`
    throw new CannotRun(
      `The ruleset has no segment ${JSON.stringify(wrong)}.${didYouMean(wrong, known)} ${some}`,
    )
  }
  return asked.length === 0 ? known : asked
}

function renderJson(revision: string, now: number, segments: readonly SegmentTrace[]): string {
  return `${JSON.stringify({ revision, now, segments }, null, 2)}\n`
}
