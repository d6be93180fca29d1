/** The bytes of an IP address: 4 or 16 of them. An IPv4 address that was written as an IPv6 one (`::ffff:192.0.2.1`) has 4. */
export type AddressBytes = readonly number[]

const MOST = 64
const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/
const GROUP = /^[0-9a-f]{1,4}$/i

/** Reads an IP address, as `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]:80` or `fe80::1%eth0`. */
export function parseAddress(text: string): AddressBytes | undefined {
  if (text.length > MOST) return undefined
  const bare = text.trim().replace(/^\[([^\]]*)\](?::\d{1,5})?$/, '$1')
  const v4 = parseV4(bare.replace(/^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/, '$1'))
  return v4 ?? parseV6(bare.replace(/%[\w.-]+$/, ''))
}

function parseV4(text: string): AddressBytes | undefined {
  const bytes = V4.exec(text)?.slice(1)
  // Some read 010 as 8: what can be read in two ways is not read.
  if (bytes === undefined || bytes.some((byte) => Number(byte) > 255 || /^0\d/.test(byte))) return undefined
  return bytes.map(Number)
}

function parseV6(text: string): AddressBytes | undefined {
  const [head = '', tail, more] = text.split('::')
  if (more !== undefined || !text.includes(':')) return undefined
  const front = groupsOf(head)
  const back = tail === undefined ? [] : groupsOf(tail)
  if (front === undefined || back === undefined) return undefined
  const missing = 16 - front.length - back.length
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined
  const bytes = [...front, ...new Array<number>(missing).fill(0), ...back]
  return isMapped(bytes) ? bytes.slice(12) : bytes
}

function groupsOf(text: string): number[] | undefined {
  if (text === '') return []
  const groups = text.split(':')
  const bytes: number[] = []
  for (const [at, group] of groups.entries()) {
    const v4 = at === groups.length - 1 ? parseV4(group) : undefined
    if (v4 !== undefined) bytes.push(...v4)
    else if (GROUP.test(group)) bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255)
    else return undefined
  }
  return bytes.length > 16 ? undefined : bytes
}

function isMapped(bytes: AddressBytes): boolean {
  return bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255
}
