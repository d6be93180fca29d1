import { type Run, runCases } from './cases.ts'
import { checkDecisions, checkSegments } from './check-case.ts'

// A worker of `npm run soak`: is told seeds, tells what it found. The same seeds give the same cases on every machine.
const SIZES = { worlds: 4, cuts: 2, nows: 5 }

process.on('message', ({ from, end }: { readonly from: number; readonly end: number }) => {
  const run: Run = runCases(from, end, SIZES, (asked, random) => [
    ...checkSegments(asked, random),
    ...checkDecisions(asked, random),
  ])
  process.send?.({ cases: run.cases, wrong: run.wrong.map((found) => JSON.stringify(found)) })
})
process.send?.({ cases: 0, wrong: [] })
