import { Trouble } from '../trouble.mjs'
import { progressBar } from './progress-bar.mjs'
import { runSource } from './run-source.mjs'

/** Runs a file of ours under a bar: it sends `{ [done]: number }` as it goes on and `{ report }` at its end, which this resolves to. */
export function runWithBar(path, args, { unit, all, done }) {
  return new Promise((resolve, reject) => {
    const bar = progressBar(unit, all)
    const child = runSource(path, args)
    let report
    child.on('message', (message) => {
      if (message.report === undefined) return bar.show(message[done])
      bar.end()
      report = message.report
    })
    child.on('error', reject)
    child.on('exit', (code) => {
      if (code === 0 && report !== undefined) resolve(report)
      else reject(new Trouble('The run ended early; the lines above say why.'))
    })
  })
}
