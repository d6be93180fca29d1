import type { Condition } from '@attune/core'
import { matching } from './ask.ts'
import { bounds } from './values.ts'
import { whenInstants } from './when.ts'
import { below, type Happening, seconds, visible, type World } from './world.ts'

interface Shape {
  readonly [key: string]: unknown
}

/** Every instant after `now` at which passing time may change a condition, ascending. */
export function instants(world: World, condition: Condition, now: number): readonly number[] {
  const found = new Set(collect(world, condition, now).filter((at) => at > now))
  return [...found].sort((a, b) => a - b)
}

function collect(world: World, condition: Condition, now: number): readonly number[] {
  const shape = condition as unknown as Shape
  const children = below(world, condition)
  if (children.length > 0) return children.flatMap((child) => collect(world, child, now))
  if (shape.when !== undefined) return whenInstants(world, shape.when as Shape, now)
  if (shape.interest !== undefined) return interestInstants(world, shape.interest as string, now)
  const name = shape.count ?? shape.distinct ?? shape.absent ?? shape.since ?? shape.unfinished
  if (name === undefined) return []
  const events = matching(world, name, shape.where, now)
  const later = (duration: unknown) => events.map(({ at }) => at + seconds(duration as string))
  if (shape.since !== undefined)
    return bounds(shape)
      .flatMap(later)
      .flatMap((at) => [at, at + 1])
  if (shape.unfinished !== undefined) return [...later(shape.for), ...later(shape.within)]
  if (shape.within === undefined) return []
  if (shape.count !== undefined) return [...later(shape.within), ...ringInstants(shape, events)]
  if (shape.absent === undefined) return later(shape.within)
  const first = [world.firstSeen ?? now, ...visible(world, now).map(({ at }) => at)]
  return [...later(shape.within), Math.min(...first) + seconds(shape.within as string)]
}

function ringInstants(shape: Shape, events: readonly Happening[]): readonly number[] {
  const g = seconds(shape.within as string) / 60
  return events.map(({ at }) => (Math.floor(at / g) + 60) * g)
}

function interestInstants(world: World, family: string, now: number): readonly number[] {
  const b = Math.floor(seconds(world.ruleset.interests![family]!.halfLife) / 8)
  return Array.from({ length: 66 }, (_, k) => (Math.floor(now / b) + k) * b)
}
