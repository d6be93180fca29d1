import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { below, stateFolder } from './paths.mjs'
import { run } from './processes.mjs'
import { findNode, toolEnv } from './toolchain.mjs'

/**
 * Runs one vitest project and counts its tests.
 * A file that fails without a failing test (it cannot be loaded, a hook throws), an error outside tests and a project without any test each count as one failure
 * (`mayBeEmpty`: a filter may leave a project without tests). `broken` names what failed.
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

function nameBroken({ name, assertionResults }) {
  const path = relative(below(), name)
  const failed = assertionResults.filter((result) => result.status === 'failed')
  return failed.length === 0 ? [path] : failed.map((result) => `${path} › ${result.fullName}`)
}
