/** Says why a file could not be read or written, and the cure, from the error the system gave. */
export function describeFileTrouble(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const name = JSON.stringify(file)
  if (code === 'ENOENT') return `There is no file ${name}. Check the path.`
  if (code === 'EISDIR') return `${name} is a folder. Name a file in it.`
  if (code === 'ENOTDIR') return `A part of the path ${name} is no folder. Check the path.`
  if (code === 'EACCES' || code === 'EPERM') return `No permission for ${name}. Change its owner or mode.`
  return `${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`
}
