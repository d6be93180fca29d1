import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { below, stateFolder } from './paths.mjs'
import { run } from './processes.mjs'
import { findNode, toolEnv } from './toolchain.mjs'

/**
 * Runs one vitest project and counts its tests.
 * A file that fails without a failing test (it cannot be loaded, a hook throws), an error outside tests and a project without any test each count as one failure
 * (`mayBeEmpty`: a filter may leave a project without tests). `broken` names what failed, each with the beginning of its message.
 */
export async function runVitest(project, filters = [], { env = {}, mayBeEmpty = false } = {}) {
  const report = join(stateFolder, 'reports', `${project}.json`)
  rmSync(report, { force: true })
  const program = below('node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const args = [program, 'run', '--project', project, '--passWithNoTests', ...reporters, ...filters]
  const { code } = await run(findNode(), args, { env: toolEnv(env) })
  const counts = existsSync(report) ? countReport(JSON.parse(readFileSync(report, 'utf8'))) : none()
  const total = counts.passed + counts.failed + counts.skipped
  const silentFailure = counts.failed === 0 && (code !== 0 || (total === 0 && !mayBeEmpty))
  if (!silentFailure) return counts
  const why = total === 0 ? 'no test was run' : 'something failed outside of the tests'
  return { ...counts, failed: 1, broken: [`${project}: ${why}, see above`] }
}

const none = () => ({ passed: 0, failed: 0, skipped: 0, broken: [] })

function countReport(report) {
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
    broken: report.testResults.filter((file) => file.status === 'failed').flatMap(nameBroken),
  }
}

function nameBroken({ name, message, assertionResults }) {
  const path = relative(below(), name)
  const failed = assertionResults.filter((result) => result.status === 'failed')
  if (failed.length === 0) return [`${path}${beginningOf(message)}`]
  return failed.map((result) => `${path} › ${result.fullName}${beginningOf(result.failureMessages[0])}`)
}

// Enough to tell a time that ran out from a wrong answer, without leafing back.
function beginningOf(message = '') {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '')
  return lines
    .slice(0, 6)
    .map((line) => `\n      ${line.slice(0, 300)}`)
    .join('')
}
