import type { Ruleset } from '@attune/core'
import { eventPurpose, granted, type Shape, type World } from './world.ts'

/** Tells whether every event and trait that a condition reads, tables included, may be read. */
export function isReadable(world: World, shape: Shape): boolean {
  return purposes(world, shape).every((purpose) => granted(world, purpose))
}

function purposes({ ruleset }: World, shape: Shape): readonly string[] {
  if (shape.touch !== undefined) return ['preferences']
  if (shape.attr !== undefined) {
    const path = shape.attr as string
    return path.startsWith('trait.') ? [ruleset.traits?.[path.slice(6)]?.purpose ?? 'preferences'] : []
  }
  return eventsRead(ruleset, shape).map((name) => eventPurpose(ruleset.events, name))
}

function eventsRead({ scores, funnels, interests, rfm }: Ruleset, shape: Shape): readonly string[] {
  if (shape.score !== undefined) return scores![shape.score as string]!.points.map(({ event }) => event)
  if (shape.funnel !== undefined) return funnels![shape.funnel as string]!.steps.map(({ event }) => event)
  if (shape.interest !== undefined) return Object.keys(interests![shape.interest as string]!.points)
  if (shape.rfm !== undefined) return [rfm![shape.rfm as string]!.event]
  const steps = (shape.sequence ?? []) as readonly { readonly event: string }[]
  const named = [
    shape.count, shape.sum, shape.avg, shape.min, shape.max, shape.distinct, shape.absent, shape.since,
    shape.unfinished, shape.without, shape.regular, shape.unless,
  ] // biome-ignore format: words, read at a glance as one list
  return [...steps.map(({ event }) => event), ...named.filter((name) => typeof name === 'string')]
}
