import { ABSORBED } from './merge-scripts.ts'
import type { StoreSpace } from './store-space.ts'

/** The visitors that were merged into one, or, with `isWhole`, are to be as well. */
export async function findAbsorbed(
  { commands, keys }: StoreSpace,
  into: string,
  isWhole = false,
): Promise<readonly string[]> {
  const pairs = (await commands.run(ABSORBED, [keys.visitor(into).profile], [])) as readonly string[]
  return pairs.filter((_, at) => at % 2 === 0 && (isWhole || pairs[at + 1] !== ''))
}
