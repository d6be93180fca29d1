/** The plugin as WordPress names it. */
export const ATTUNE: string

/** See plugin.mjs. */
export function copyAttune(folder: string): void
