/** Writes the installable zip; throws naming what was not built. */
export function makeZip(target: string): { readonly files: number; readonly bytes: number }
