/** What stands before every key of ours. Nothing that a visitor's cookie can hold begins so: an id of ours has no dot. */
export const KEY_START = 'h1.'

/** Every key of ours, for SQLite: its start, the name of its secret, 128 bits of an HMAC. */
export const KEY_GLOB: string = `${KEY_START}????.${'?'.repeat(22)}`

const KEY = /^h1\.([\w-]{4})\.[\w-]{22}$/

/** The name of the secret that made a key; `undefined` of an id that is kept as it is. The name says nothing about the secret. */
export function keyNameOf(visitor: string): string | undefined {
  return KEY.exec(visitor)?.[1]
}
