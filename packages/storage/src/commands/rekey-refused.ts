import { askEach } from './ask-each.ts'
import type { RedisCommand } from './redis-commands.ts'
import { dropRejectedOf, readText } from './reject-events.ts'
import { REPLACE_TEXT } from './rekey-scripts.ts'
import { isPlain, type Rekeying } from './rekey-visitor.ts'
import type { StoreSpace } from './store-space.ts'
import { walkRejected } from './walk-rejected.ts'

interface Refused {
  readonly text: string
  readonly visitor: string
}

/** The ids as they are that refused events name. */
export async function plainNames(space: StoreSpace): Promise<readonly string[]> {
  return (await findPlain(space)).map(({ visitor }) => visitor)
}

/** Gives each refused event that names an id as it is the newest key of it. Each keeps its place and its number. */
export async function rekeyRefused({ space, keyOf }: Rekeying): Promise<void> {
  const found = await findPlain(space)
  const keys = new Set<string>()
  for (const { text, visitor } of found) {
    const key = keyOf(visitor)
    keys.add(key)
    await space.commands.run(REPLACE_TEXT, [space.keys.rejected], [text, renamed(text, key)])
  }
  await dropErased(space, [...keys])
}

function findPlain(space: StoreSpace): Promise<readonly Refused[]> {
  return walkRejected(space, {
    pick: (text) => {
      const { visitor } = readText(text)
      return visitor !== undefined && isPlain(visitor) ? { text, visitor } : undefined
    },
  })
}

function renamed(text: string, key: string): string {
  const members: readonly unknown[] = JSON.parse(text)
  return JSON.stringify(members.with(3, key))
}

// An erasure that looked for this key before its name stood there has set its tombstone first.
async function dropErased(space: StoreSpace, visitors: readonly string[]): Promise<void> {
  const { commands, keys } = space
  const asked = visitors.map((visitor): RedisCommand => ['HEXISTS', keys.visitor(visitor).profile, 'erased'])
  const answers = await askEach(commands, asked)
  const erased = visitors.filter((_, at) => answers[at] === 1)
  if (erased.length > 0) await dropRejectedOf(space, erased)
}
