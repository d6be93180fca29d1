/** Moves the keyboard focus to what will be there once the next drawing is done, and whoever closes has given it back. */
export function focusSoon(find: () => HTMLElement | null | undefined): void {
  requestAnimationFrame(() => requestAnimationFrame(() => find()?.focus()))
}
