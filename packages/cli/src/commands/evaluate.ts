import type { Command, ExitCode } from '../command.ts'
import { answerLine, MAX_LINE } from '../evaluate/answer-line.ts'
import { createRulesetCache } from '../evaluate/ruleset-cache.ts'
import { write } from '../io.ts'
import { readLines } from '../streams/read-lines.ts'

const WRITE_AT = 64 * 1024

/** `attune evaluate`: answers cases from standard input, one JSON line each. */
export const evaluate: Command = {
  name: 'evaluate',
  summary: 'Answers cases: reads one JSON case a line on standard input, writes one answer a line.',
  arguments: [],
  options: {},
  notes: [
    'A case:   { ruleset, events, traits, context, consent, visitor, now, firstSeen? }, times in milliseconds.',
    'Its answer: { segments: { key: { match, until } },',
    '              decisions: { placement: { variant, experience, reason, until } }, profile }',
    'A case that cannot be answered gives { "error": "…" } on its line, and the run goes on (exit code 0).',
  ],
  examples: ['attune evaluate < cases.jsonl > answers.jsonl'],
  async run(_call, io): Promise<ExitCode> {
    const cache = createRulesetCache()
    for await (const lines of readLines(io.stdin, MAX_LINE)) {
      let answers = ''
      for (const line of lines) {
        answers += `${answerLine(line, cache)}\n`
        if (answers.length < WRITE_AT) continue
        await write(io.stdout, answers)
        answers = ''
      }
      await write(io.stdout, answers)
    }
    return 0
  },
}
