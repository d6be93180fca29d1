/** An address as it may stand in messages: without a password, a token or what was asked; `undefined` when it is none. */
export function safeAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const { protocol, host, pathname } = new URL(address)
  return `${protocol}//${host}${pathname}`
}
