import { createRandom } from './canvas.mjs'

// Each department has its own light, by day and by night (the visitor's colour scheme reaches an SVG in an <img>).
const tints = {
  hiking: {
    day: ['#eef1e6', '#d9e0cd', '#cbd5bf', '#f7f7ee'],
    night: ['#3c4f47', '#2c3b35', '#4a5e55', '#7d9488'],
  },
  climbing: {
    day: ['#f5ece4', '#ead8ca', '#dfc8b7', '#fbf5ef'],
    night: ['#51413a', '#3b2f2a', '#625047', '#a18a7c'],
  },
  camping: {
    day: ['#e6edf2', '#cfdce5', '#bfcfdb', '#f3f7fa'],
    night: ['#37485a', '#283542', '#475a6c', '#7e95a8'],
  },
  cycling: {
    day: ['#f4efdf', '#e6dcc0', '#dacda9', '#fbf8ee'],
    night: ['#4e4932', '#393524', '#5e583d', '#9d9471'],
  },
}

function ridge(seed, base, height) {
  const random = createRandom(seed)
  const points = Array.from({ length: 9 }, (_, at) => {
    const peak = at % 2 === 0 ? 0.25 : 1
    return [at * 100, Math.round(base - height * peak * (0.55 + random() * 0.45))]
  })
  const steps = points.map(([x, y], at) => {
    if (at === 0) return `M0 ${y}`
    const [px, py] = points[at - 1]
    return `C${px + 46} ${py} ${x - 46} ${y} ${x} ${y}`
  })
  return `${steps.join('')}V800H0Z`
}

/** The studio of a department: a soft wall, a pale disc, far hills and the shadow on the ground. */
export function backdrop(category, seed, shadow) {
  const { day, night } = tints[category]
  const names = ['a', 'b', 'c', 'd']
  const vars = (colors) => colors.map((color, at) => `--${names[at]}:${color}`).join(';')
  const style = `<style>svg{${vars(day)}}@media(prefers-color-scheme:dark){svg{${vars(night)}}}</style>`
  const wall = `<linearGradient id="wall" x1="0" y1="0" x2="0" y2="1"><stop style="stop-color:var(--a)"/><stop offset="1" style="stop-color:var(--b)"/></linearGradient>`
  const dark = `<radialGradient id="shade"><stop stop-color="#14201f" stop-opacity=".42"/><stop offset="1" stop-color="#14201f" stop-opacity="0"/></radialGradient>`
  return {
    defs: style + wall + dark,
    art: [
      `<rect width="800" height="800" fill="url(#wall)"/>`,
      `<circle cx="400" cy="378" r="272" style="fill:var(--d)"/>`,
      `<path d="${ridge(seed, 640, 130)}" style="fill:var(--c)" opacity=".55"/>`,
      `<path d="${ridge(seed + 7, 712, 90)}" style="fill:var(--c)"/>`,
      shadow
        ? `<ellipse cx="${shadow[0]}" cy="${shadow[1]}" rx="${shadow[2]}" ry="${shadow[3] ?? 24}" fill="url(#shade)"/>`
        : '',
    ].join(''),
  }
}
