/** The properties of an event for people: each as `name="value"`. */
export function heldOf(properties: { readonly [name: string]: unknown }): readonly string[] {
  return Object.entries(properties).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
}
