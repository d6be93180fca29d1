import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'

/** Moves a finished folder to its place in one step. When somebody else was quicker, theirs stays. */
export function moveFolder(made, place) {
  mkdirSync(dirname(place), { recursive: true })
  try {
    renameSync(made, place)
  } catch (error) {
    if (!existsSync(place)) throw error
    rmSync(made, { recursive: true, force: true })
  }
}
