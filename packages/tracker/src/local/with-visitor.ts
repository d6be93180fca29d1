import type { KeptProfile } from './kept-profile.ts'

/**
 * A profile with the id that shares of visitors are drawn by. With a collector it is the one in the visitor's signed cookie, as the
 * collector tells it: servers draw by it too. Until it was heard there is none, as for a server that has no cookie. Without a
 * collector it is this browser's own, made when `random`, which gives numbers in [0, 1), is handed in.
 */
export function withVisitor(
  kept: KeptProfile,
  collector: string | undefined,
  random?: () => number,
): KeptProfile {
  if (collector !== undefined) return kept.knownTo === collector ? kept : { ...kept, visitor: '' }
  if (kept.visitor !== '' || random === undefined) return kept
  const part = () => Math.floor(random() * 2 ** 48).toString(36)
  return { ...kept, visitor: `${part()}${part()}` }
}
