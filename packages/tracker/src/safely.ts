/** Runs a task and keeps what it throws from the page; the answer is then `undefined`. */
export function safely<T>(task: () => T): T | undefined {
  try {
    return task()
  } catch {}
  return undefined
}
