// Draws the landscapes of the heroes, departments and guides into public/scenes (1600 × 900, quiet on the left for text).
import { mkdirSync, writeFileSync } from 'node:fs'
import { createCanvas } from './draw/canvas.mjs'
import { camp } from './draw/scenes/camping.mjs'
import { crag } from './draw/scenes/climbing.mjs'
import { pass } from './draw/scenes/cycling.mjs'
import { fjord } from './draw/scenes/fjord.mjs'
import { fells } from './draw/scenes/hiking.mjs'

const scenes = { fjord, hiking: fells, climbing: crag, camping: camp, cycling: pass }
const folder = new URL('../public/scenes/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const [name, draw] of Object.entries(scenes)) {
  const canvas = createCanvas()
  const art = draw(canvas)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 900" width="1600" height="900"><title>${name}</title><defs>${canvas.defs()}</defs>${art}</svg>\n`
  writeFileSync(new URL(`${name}.svg`, folder), svg)
}
