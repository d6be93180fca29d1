import type { Condition, Experience } from '@attune/core'
import { ask, instants } from './ask.ts'
import { below, granted, instant, member, type World } from './world.ts'

/** What a placement shows, without the horizon. */
export interface Choice {
  readonly variant: string
  readonly experience: string | null
  readonly reason: string
}

/** Decides a placement at `now` (whole seconds) by the words of the language page. */
export function choose(world: World, placement: string, now: number): Choice {
  const { ruleset, visitor } = world
  const base = (reason: string): Choice => ({
    variant: ruleset.placements![placement]!.baseline,
    experience: null,
    reason,
  })
  const here = (ruleset.experiences ?? []).filter((experience) => experience.placement === placement)
  const open = here.filter(
    ({ schedule, audience }) =>
      isOpen(schedule, now) && (audience === undefined || ask(world, audience, now) === true),
  )
  if (!granted(world, 'preferences')) {
    const only = open.find((experience) => isFunctional(world, experience))
    return only === undefined ? base('CONSENT_DENIED') : wins(only, only.allocation[0]!.variant)
  }
  const { holdout } = ruleset
  if (holdout !== undefined && bucket(`${visitor}:holdout:${holdout.salt}`) < cut(holdout.share))
    return base('HOLDOUT')
  let capped = false
  for (const experience of open) {
    const variant = allocated(world, experience)
    if (variant === undefined) continue
    if (!isCapped(world, experience, now)) return wins(experience, variant)
    capped = true
  }
  return base(capped ? 'CAPPED' : 'DEFAULT')
}

/** Every instant after `now` at which passing time may change a placement, ascending. */
export function choiceInstants(world: World, placement: string, now: number): readonly number[] {
  const found = (world.ruleset.experiences ?? [])
    .filter((experience) => experience.placement === placement)
    .flatMap(({ key, audience, schedule, cap }) => [
      ...[schedule?.from, schedule?.until].filter((end) => end !== undefined).map(instant),
      ...(audience === undefined ? [] : instants(world, audience, now)),
      ...(cap === undefined ? [] : instants(world, capOf(key, cap), now)),
    ])
  return [...new Set(found.filter((at) => at > now))].sort((a, b) => a - b)
}

function isOpen(schedule: Experience['schedule'], now: number): boolean {
  if (schedule?.from !== undefined && now < instant(schedule.from)) return false
  return schedule?.until === undefined || now < instant(schedule.until)
}

function isFunctional(world: World, { purpose, audience, allocation }: Experience): boolean {
  if (purpose !== 'functional' || allocation.length !== 1 || allocation[0]!.share !== 1) return false
  return audience === undefined || isContextual(world, audience)
}

function isContextual(world: World, condition: Condition): boolean {
  const children = below(world, condition)
  if (children.length > 0) return children.every((child) => isContextual(world, child))
  const attr = member(condition, 'attr')
  if (attr !== undefined) return !String(attr).startsWith('trait.')
  return Object.hasOwn(condition, 'when') || Object.hasOwn(condition, 'consent')
}

function wins({ key, allocation }: Experience, variant: string): Choice {
  const whole = allocation.length === 1 && allocation[0]!.share === 1
  return { variant, experience: key, reason: whole ? 'TARGETING_MATCH' : 'SPLIT' }
}

type Cap = NonNullable<Experience['cap']>

const conditions = new WeakMap<Cap, Condition>()
function capOf(key: string, cap: Cap): Condition {
  const { exposures, within } = cap
  const known = conditions.get(cap)
  const made = known ?? { count: 'exposure', where: { experience: key }, within, atLeast: exposures }
  conditions.set(cap, made)
  return made
}

function isCapped(world: World, { key, cap }: Experience, now: number): boolean {
  return cap !== undefined && ask(world, capOf(key, cap), now) === true
}

function allocated({ ruleset, visitor }: World, experience: Experience): string | undefined {
  const { group, key } = experience
  const axis = (ruleset.experiences ?? []).filter((other) =>
    group === undefined ? other === experience : other.group === group,
  )
  const place = bucket(`${visitor}:${group === undefined ? key : `group:${group}`}`)
  let end = 0
  for (const on of axis) {
    for (const { variant, share } of on.allocation) {
      const from = end
      end += cut(share)
      if (place >= from && place < end) return on === experience ? variant : undefined
    }
  }
  return undefined
}

function cut(share: number): number {
  return Math.round(share * 10_000)
}

function bucket(text: string): number {
  return Number((BigInt(hash32(text)) * 10_000n) >> 32n)
}

/** MurmurHash3 x86 32, seed 0, written from its reference: little-endian words, then the tail. */
export function hash32(text: string): number {
  const bytes = new TextEncoder().encode(text)
  const mask = 0xffffffffn
  const rotate = (x: bigint, by: bigint) => ((x << by) | (x >> (32n - by))) & mask
  const scramble = (k: bigint) => (rotate((k * 0xcc9e2d51n) & mask, 15n) * 0x1b873593n) & mask
  let hash = 0n
  const whole = bytes.length - (bytes.length % 4)
  const word = (from: number, to: number) =>
    bytes.slice(from, to).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  for (let at = 0; at < whole; at += 4)
    hash = (rotate(hash ^ scramble(word(at, at + 4)), 13n) * 5n + 0xe6546b64n) & mask
  hash ^= scramble(word(whole, bytes.length)) ^ BigInt(bytes.length)
  hash = ((hash ^ (hash >> 16n)) * 0x85ebca6bn) & mask
  hash = ((hash ^ (hash >> 13n)) * 0xc2b2ae35n) & mask
  return Number(hash ^ (hash >> 16n))
}
