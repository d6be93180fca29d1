/**
 * The origin of a host's options, without the slash that addresses are copied with; `undefined` when none is given.
 * @throws when it is no origin, with the cure.
 */
export function readOrigin(who: string, origin: string | undefined): string | undefined {
  if (origin === undefined) return undefined
  const url = typeof origin === 'string' && URL.canParse(origin) ? new URL(origin) : undefined
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin
  throw new TypeError(
    `[edge] ${who}: \`origin\` is ${JSON.stringify(origin)}. Write it like https://shop.example, without a path.`,
  )
}
