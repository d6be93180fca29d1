/**
 * Shows a step's name while it runs and its time when done, on standard error.
 * `work` resolves to false when there was nothing to do.
 */
export async function step(name, work) {
  const started = performance.now()
  process.stderr.write(`  ${name} … `)
  try {
    const result = await work()
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    process.stderr.write(result === false ? 'nothing changed\n' : `${seconds} s\n`)
    return result
  } catch (error) {
    process.stderr.write('failed\n')
    throw error
  }
}
