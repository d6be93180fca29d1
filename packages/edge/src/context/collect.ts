/** Reads a value for each name and keeps those that are there, as own members whatever they are called. */
export function collect<T>(
  names: Iterable<string>,
  read: (name: string) => T | null | undefined,
): { readonly [name: string]: T } {
  const found: (readonly [string, T])[] = []
  for (const name of names) {
    const value = read(name)
    if (value !== undefined && value !== null && value !== '') found.push([name, value])
  }
  return Object.fromEntries(found)
}
