// A consent tool puts a stub into the page's head; one that is not there by then does not come.
const PATIENCE = 2_000
const LOOK_AGAIN = 100

/** Hands over a function of the page as soon as it is there, or `undefined` when it has not come after 2 s. */
export function whenThere(window: Window, name: string, hand: (api: unknown) => void): void {
  const look = (left: number): void => {
    const api = (window as unknown as Readonly<Record<string, unknown>>)[name]
    if (typeof api === 'function') hand(api)
    else if (left <= 0) hand(undefined)
    else window.setTimeout(() => look(left - LOOK_AGAIN), LOOK_AGAIN)
  }
  look(PATIENCE)
}
