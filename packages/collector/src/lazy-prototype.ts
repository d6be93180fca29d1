/**
 * Makes a prototype that has a web object's members: `parts` are its own, every other one is taken from a whole object,
 * which `wholeOf` makes when it is first asked for. What inherits from it passes for the real thing.
 */
export function createLazyPrototype<Self extends object>(
  web: object,
  parts: object & ThisType<Self>,
  wholeOf: (self: Self) => object,
): object {
  const forwarders = Reflect.ownKeys(web)
    .filter((key) => key !== 'constructor')
    .map((key) => [
      key,
      {
        configurable: true,
        get(this: Self): unknown {
          const whole = wholeOf(this)
          const member: unknown = Reflect.get(whole, key)
          return typeof member === 'function' ? member.bind(whole) : member
        },
      },
    ])
  const descriptors = { ...Object.fromEntries(forwarders), ...Object.getOwnPropertyDescriptors(parts) }
  return Object.create(web, descriptors)
}
