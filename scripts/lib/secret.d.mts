/** See secret.mjs. */
export function readSecret(folder?: string): string

/** See secret.mjs. */
export function readKeysAtRest(data: string, folder?: string): string
