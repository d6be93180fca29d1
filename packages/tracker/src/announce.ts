/** Tells the page of something that happened, as an event of the document. */
export function announce(window: Window & typeof globalThis, type: string, detail?: unknown): void {
  window.document.dispatchEvent(new window.CustomEvent(type, { detail }))
}
