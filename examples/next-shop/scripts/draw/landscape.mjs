import { createRandom, darken, fill, mix } from './canvas.mjs'

/** A skyline by midpoint displacement: `rough` near 0.5 gives rounded fells, near 0.7 broken rock. */
export function skyline({ seed, from, to, rough = 0.52, steps = 7, lift = 120, width = 1600 }) {
  const random = createRandom(seed)
  let heights = [from, to]
  let reach = lift
  for (let step = 0; step < steps; step++) {
    const next = []
    for (let at = 0; at < heights.length - 1; at++) {
      const [left, right] = [heights[at], heights[at + 1]]
      next.push(left, (left + right) / 2 + (random() - 0.5) * 2 * reach)
    }
    next.push(heights.at(-1))
    heights = next
    reach *= rough
  }
  const gap = width / (heights.length - 1)
  return heights.map((y, at) => [at * gap, y])
}

const text = (points) => points.map(([x, y]) => `${x.toFixed(0)} ${y.toFixed(0)}`).join('L')

/** The land under a skyline, down to the sheet's lower edge. */
export const land = (points, color) => fill(`M0 900L${text(points)}L1600 900Z`, color)

/** Snow or low sun on the slopes that face the light: from each summit down its right side, with a torn inner edge. */
export function litSlopes(points, seed, color, opacity) {
  const random = createRandom(seed)
  const reach = 7
  const window = (at) => points.slice(Math.max(0, at - reach), at + reach + 1).map(([, y]) => y)
  const facets = []
  points.forEach(([px, py], at) => {
    if (py > Math.min(...window(at))) return
    let end = at + 1
    while (end < points.length - 1 && (points[end][1] < Math.max(...window(end)) || end < at + 4)) end++
    const right = points.slice(at, Math.min(end + 1, points.length))
    const [ex, ey] = right.at(-1)
    const fall = Math.max(60, (ey - py) * 1.5)
    const teeth = [0.86, 0.68, 0.56, 0.4, 0.3, 0.14].map((share, tooth) => {
      const x = px + (ex - px) * (share * 0.62 + (tooth % 2 ? 0.1 : -0.08)) + (random() - 0.5) * 14
      return [x, py + fall * (share * 0.86 + (tooth % 2 ? -0.1 : 0.08))]
    })
    facets.push(`M${text([...right, ...teeth])}Z`)
  })
  return fill(facets.join(''), color, `opacity="${opacity}"`)
}

export function pines(seed, count, place, color) {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => {
    const [x, base] = place(random())
    const tall = 46 + random() * 58
    const wide = tall * 0.21
    const tiers = [0, 1, 2, 3].map((tier) => {
      const top = base - tall + tier * tall * 0.22
      const half = wide * (0.42 + tier * 0.22)
      return `M${x.toFixed(0)} ${top.toFixed(0)}L${(x + half).toFixed(0)} ${(top + tall * 0.34).toFixed(0)}H${(x - half).toFixed(0)}Z`
    })
    return fill(tiers.join(''), mix(color, darken(color, 0.6), random()))
  }).join('')
}

export function stars(seed, count) {
  const random = createRandom(seed)
  return Array.from(
    { length: count },
    () =>
      `<circle cx="${(random() * 1600).toFixed(0)}" cy="${(random() ** 1.4 * 520).toFixed(0)}" r="${(0.7 + random() * 1.7).toFixed(1)}" fill="#fff" opacity="${(0.3 + random() * 0.7).toFixed(2)}"/>`,
  ).join('')
}

/** The direction of gradients that change towards the ground. */
export const down = 'x1="0" y1="0" x2="0" y2="1"'
/** The whole sheet as sky; stops are [offset, colour]. */
export const sky = (c, ...stops) => `<rect width="1600" height="900" fill="${c.gradient(stops, down)}"/>`
/** Mist that thickens downwards. */
export const haze = (c, y, height, color, opacity) =>
  `<rect y="${y}" width="1600" height="${height}" fill="${c.gradient(
    [
      [0, color, 0],
      [1, color, opacity],
    ],
    down,
  )}"/>`

/** A range of hills with the light on its slopes. */
export function range(options, color, lit, opacity = 0.35) {
  const points = skyline(options)
  return land(points, color) + (lit ? litSlopes(points, options.seed, lit, opacity) : '')
}
