/** See prepare-demo.mjs. */
export function publishDemo(): Promise<void>
