import type { Answer, Asked, Implementation } from '../../../../test/vectors/runner/asked.ts'
import type { Engine } from './engines/engine.ts'

/** The plugin's core, asked through an engine that is ended after the answer. */
export function phpTwin(engine: Engine): Implementation {
  async function answer(asked: readonly Asked[]): Promise<readonly Answer[]> {
    try {
      const lines = await engine.ask(asked.map((each) => JSON.stringify(each)))
      return lines.map(parseAnswer)
    } finally {
      await engine.end()
    }
  }
  return { name: engine.name, answer }
}

// A line that is no JSON is the fault of its case alone.
function parseAnswer(line: string): Answer {
  try {
    return JSON.parse(line)
  } catch {
    return { error: `no JSON: ${line}` }
  }
}
