// Draws the pictures of all products into public/products. Run it again after changing a colour or a shape.
import { mkdirSync, writeFileSync } from 'node:fs'
import { backdrop } from './draw/backdrop.mjs'
import * as camping from './draw/camping.mjs'
import { createCanvas } from './draw/canvas.mjs'
import * as climbing from './draw/climbing.mjs'
import * as cycling from './draw/cycling.mjs'
import * as hiking from './draw/hiking.mjs'

// id: [department, drawing, colours, shadow on the ground: cx, cy, rx]
const pictures = {
  'trail-boots': [
    'hiking',
    hiking.boot,
    { leather: '#8a5a36', sole: '#2b3032', lace: '#d8643a', lining: '#3f5a50' },
    [425, 624, 300],
  ],
  'rain-jacket': [
    'hiking',
    hiking.jacket,
    { shell: '#2f6f73', accent: '#e0a13a', zip: '#e9dcc0' },
    [400, 664, 210],
  ],
  'day-pack': [
    'hiking',
    hiking.dayPack,
    { shell: '#3e6b4c', pocket: '#c2643a', webbing: '#26373a' },
    [400, 662, 230],
  ],
  'trekking-poles': [
    'hiking',
    hiking.poles,
    { shaft: '#b03a35', grip: '#c79a63', strap: '#3a4548' },
    [400, 700, 230],
  ],
  'merino-beanie': [
    'hiking',
    hiking.beanie,
    { wool: '#a8432f', cuff: '#23414a', bobble: '#e5cf9f' },
    [400, 612, 240],
  ],
  'insulated-flask': [
    'hiking',
    hiking.flask,
    { steel: '#4d7f8c', lid: '#263437', band: '#f0e6cf' },
    [400, 664, 130],
  ],
  'single-rope': ['climbing', climbing.coil, { sheath: '#e0742c', fleck: '#1f4f63' }, [410, 690, 230]],
  'sport-harness': [
    'climbing',
    climbing.harness,
    { webbing: '#2f4858', trim: '#e2903a', loop: '#d9d4c4' },
    [400, 650, 260],
  ],
  'climbing-shoes': [
    'climbing',
    climbing.climbingShoes,
    { suede: '#d3a33c', rand: '#2d3436', strap: '#b5432f' },
    [390, 650, 290],
  ],
  'climbing-helmet': [
    'climbing',
    climbing.climbingHelmet,
    { shell: '#c8452f', stripe: '#f0e3c8', strap: '#3a4548' },
    [392, 694, 200],
  ],
  quickdraws: [
    'climbing',
    climbing.quickdraws,
    { top: '#9aa7ab', bottom: '#3f7fa3', sling: '#6b4a86', gate: '#e5e8e8' },
    [400, 692, 280],
  ],
  'chalk-bag': [
    'climbing',
    climbing.chalkBag,
    { cloth: '#2f6672', pattern: '#e28d3f', fleece: '#f1e8d6' },
    [400, 664, 190],
  ],
  'two-person-tent': [
    'camping',
    camping.tent,
    { fly: '#d07a2e', panel: '#e9b65a', inner: '#efe2c4', pole: '#3a4548' },
    [400, 650, 350],
  ],
  'down-sleeping-bag': [
    'camping',
    camping.sleepingBag,
    { shell: '#2f5f86', lining: '#d58b3c', baffle: '#2f5f86' },
    [360, 690, 190],
  ],
  'gas-stove': [
    'camping',
    camping.stove,
    { canister: '#2f6b57', band: '#e2903a', metal: '#9aa4a6' },
    [400, 666, 210],
  ],
  'camp-lantern': ['camping', camping.lantern, { frame: '#40514a', light: '#f6c352' }, [400, 660, 200]],
  'camp-chair': [
    'camping',
    camping.campChair,
    { cloth: '#3f6b8a', trim: '#c95f3a', frame: '#8d989b' },
    [400, 676, 260],
  ],
  'enamel-mug': [
    'camping',
    camping.mug,
    { enamel: '#274a63', rim: '#1a2a33', motif: '#7fa7a6' },
    [400, 656, 220],
  ],
  'gravel-bike': [
    'cycling',
    cycling.gravelBike,
    { frame: '#4f7a5c', fork: '#3f6249', tape: '#a9683c', tyre: '#b98a57' },
    [402, 656, 350],
  ],
  'road-helmet': [
    'cycling',
    cycling.roadHelmet,
    { shell: '#2f6f8f', vent: '#16252d', strap: '#3a4548' },
    [420, 690, 210],
  ],
  'roll-top-pannier': [
    'cycling',
    cycling.pannier,
    { cloth: '#c9832b', panel: '#2f5d63', trim: '#26373a' },
    [400, 668, 220],
  ],
  'merino-jersey': [
    'cycling',
    cycling.jersey,
    { cloth: '#7d2f3c', band: '#24405a', line: '#e9cf9a' },
    [400, 664, 200],
  ],
  'front-light': [
    'cycling',
    cycling.frontLight,
    { shell: '#4a565a', bezel: '#d9662f', beam: '#ffe39a' },
    null,
  ],
  'track-pump': [
    'cycling',
    cycling.trackPump,
    { barrel: '#c24a30', handle: '#a9713f', hose: '#2f383a' },
    [400, 680, 240],
  ],
}

const folder = new URL('../public/products/', import.meta.url)
mkdirSync(folder, { recursive: true })
Object.entries(pictures).forEach(([id, [category, draw, colors, shadow]], at) => {
  const canvas = createCanvas()
  const scene = backdrop(category, 11 + at * 13, shadow)
  const art = draw(canvas, colors)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800" width="800" height="800"><title>${id.replaceAll('-', ' ')}</title><defs>${scene.defs}${canvas.defs()}</defs>${scene.art}${art}</svg>\n`
  writeFileSync(new URL(`${id}.svg`, folder), svg)
})
