/** Takes the percent-encoding out of a text; `undefined` when it is not well encoded. */
export function decodeText(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
