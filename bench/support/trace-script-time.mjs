// Reads from a trace of Chromium what some scripts cost the main thread of their page.

// A long task, as the browser tells pages of them: microseconds.
const LONG = 50_000
// Promises that a script waits for are answered here, and modules run, without a word of whose they are. Pages of a benchmark have no other
// scripts.
const NAMELESS = new Set(['RunMicrotasks', 'v8.evaluateModule'])

/**
 * What the scripts below `folder` cost, in milliseconds of the thread's own time: `start`, when they are evaluated; `after`, what they do
 * later; `all`; `longest`, the most that is theirs in one task. `longTasks`: tasks of 50 ms and more by the clock of which most is theirs.
 */
export function readScriptTime(traceEvents, folder) {
  const isOurs = ({ args }) => `${args?.data?.url ?? args?.fileName}`.includes(folder)
  // Other threads read a script before the page's own evaluates it.
  const isStart = ({ ph, name }) => ph === 'X' && /^(EvaluateScript|v8\.compileModule)$/.test(name)
  const first = traceEvents.find((event) => isStart(event) && isOurs(event))
  if (first === undefined) return { start: 0, after: 0, all: 0, longest: 0, longTasks: 0 }
  const spans = traceEvents
    .filter(({ ph, pid, tid }) => ph === 'X' && pid === first.pid && tid === first.tid)
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur)

  let task
  let end = 0
  const found = { start: 0, after: 0, longest: 0, longTasks: 0 }
  for (const span of spans) {
    if (span.name.endsWith('RunTask')) task = { ...span, own: 0, wall: 0 }
    // What is inside of a span of ours is in its time.
    if (span.ts < end || span.ts < first.ts || !(isOurs(span) || NAMELESS.has(span.name))) continue
    end = span.ts + span.dur
    found[/EvaluateScript|[cC]ompile|evaluateModule/.test(span.name) ? 'start' : 'after'] += span.tdur / 1_000
    if (task === undefined) continue
    const before = task.wall
    task.own += span.tdur / 1_000
    task.wall += span.dur
    found.longest = Math.max(found.longest, task.own)
    if (task.dur >= LONG && before * 2 <= task.dur && task.wall * 2 > task.dur) found.longTasks++
  }
  return { ...found, all: found.start + found.after }
}
