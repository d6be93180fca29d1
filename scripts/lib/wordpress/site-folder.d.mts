/** See site-folder.mjs. */
export function copySite(from: string, to: string): void

/** See site-folder.mjs. */
export function configure(
  folder: string,
  options: { readonly url: string; readonly secret: string; readonly loopback: boolean },
): void
