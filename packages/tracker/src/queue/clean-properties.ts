import { safely } from '../safely.ts'

/** What an event may carry. */
export type EventProperties = Record<string, string | number | boolean | undefined>

/** Copies the strings, finite numbers and booleans of anything; whatever else is in it is left out. */
export function cleanProperties(properties: unknown): EventProperties {
  const clean: EventProperties = {}
  safely(() => {
    for (const key of Object.keys(properties as object)) {
      // A getter may throw: that costs its own property, not the others.
      safely(() => {
        const value = (properties as Record<string, unknown>)[key]
        if (/^(string|boolean)$/.test(typeof value) || Number.isFinite(value)) clean[key] = value as string
      })
    }
  })
  return clean
}
