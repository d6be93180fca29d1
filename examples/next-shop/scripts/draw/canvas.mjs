// The pencils: small functions that return SVG text. Every picture is drawn on an 800 × 800 sheet with the light
// coming from the upper left, so that twenty-four products look like one photographer's work.

/** Mixes two `#rrggbb` colours; `share` 0 gives the first, 1 the second. */
export function mix(first, second, share) {
  const channels = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
  const [a, b] = [channels(first), channels(second)]
  const hex = a.map((value, at) =>
    Math.round(value + (b[at] - value) * share)
      .toString(16)
      .padStart(2, '0'),
  )
  return `#${hex.join('')}`
}

export const lighten = (color, share = 0.25) => mix(color, '#fff6e8', share)
export const darken = (color, share = 0.3) => mix(color, '#101b20', share)

/** A filled path. */
export const fill = (d, color, more = '') => `<path d="${d}" fill="${color}" ${more}/>`

/** A stroked path with round ends. */
export const line = (d, color, width, more = '') =>
  `<path d="${d}" fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`

/** A sewn seam. */
export const stitch = (d, color, width = 2.5) => line(d, color, width, 'stroke-dasharray="9 7" opacity=".75"')

export const ellipse = (cx, cy, rx, ry, color, more = '') =>
  `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${color}" ${more}/>`

export const rect = (x, y, width, height, radius, color, more = '') =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${color}" ${more}/>`

export const group = (transform, ...parts) => `<g transform="${transform}">${parts.join('')}</g>`

/** A bar with volume: a dark edge, the colour, and a line of light along the upper left. */
export function tube(d, color, width, light = 0.45) {
  return [
    line(d, darken(color, 0.4), width + 4),
    line(d, color, width),
    line(
      d,
      lighten(color, light),
      width * 0.26,
      `transform="translate(${-width * 0.16} ${-width * 0.16})" opacity=".8"`,
    ),
  ].join('')
}

/** One drawing: collects gradients and clip paths, which need unique names, and hands back the finished SVG. */
export function createCanvas() {
  const defs = []
  let count = 0

  function gradient(stops, direction = 'x1="0" y1="0" x2="1" y2="1"') {
    const id = `g${count++}`
    const list = stops.map(
      ([offset, color, opacity = 1]) =>
        `<stop offset="${offset}" stop-color="${color}" stop-opacity="${opacity}"/>`,
    )
    defs.push(`<linearGradient id="${id}" ${direction}>${list.join('')}</linearGradient>`)
    return `url(#${id})`
  }

  function glow(color, opacity = 0.9) {
    const id = `g${count++}`
    defs.push(
      `<radialGradient id="${id}"><stop offset="0" stop-color="${color}" stop-opacity="${opacity}"/><stop offset="1" stop-color="${color}" stop-opacity="0"/></radialGradient>`,
    )
    return `url(#${id})`
  }

  /** A shaded volume; `details` are drawn inside its outline only. */
  function body(d, color, details = '', depth = 0.28) {
    const id = `c${count++}`
    defs.push(`<clipPath id="${id}"><path d="${d}"/></clipPath>`)
    const paint = gradient([
      [0, lighten(color, depth * 0.75)],
      [0.45, color],
      [1, darken(color, depth)],
    ])
    return `<path d="${d}" fill="${paint}"/>${details ? `<g clip-path="url(#${id})">${details}</g>` : ''}`
  }

  /** A cylinder's shading, left to right. */
  function round(d, color, details = '') {
    const id = `c${count++}`
    defs.push(`<clipPath id="${id}"><path d="${d}"/></clipPath>`)
    const paint = gradient(
      [
        [0, darken(color, 0.3)],
        [0.22, lighten(color, 0.32)],
        [0.5, color],
        [1, darken(color, 0.42)],
      ],
      'x1="0" y1="0" x2="1" y2="0"',
    )
    return `<path d="${d}" fill="${paint}"/>${details ? `<g clip-path="url(#${id})">${details}</g>` : ''}`
  }

  return { gradient, glow, body, round, defs: () => defs.join('') }
}

/** Numbers from a seed (mulberry32), so that the same script always draws the same hills. */
export function createRandom(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
