/** An object with some of its members in another's place. Getters of `above` are asked each time. */
export function overlay<T extends object>(below: T, above: { readonly [name: string]: unknown }): T {
  return new Proxy(below, {
    get(target, name) {
      if (typeof name === 'string' && Object.hasOwn(above, name)) return above[name]
      const value: unknown = Reflect.get(target, name, target)
      // Browser objects insist on being `this` themselves, so their methods are bound to what lies below.
      return typeof value === 'function' ? value.bind(target) : value
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  })
}
