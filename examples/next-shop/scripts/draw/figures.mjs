import { darken, fill, lighten, line } from './canvas.mjs'

/** Somebody walking with a pack, seen from far away. `size` is the height in units. */
export function walker(x, y, size, colors) {
  const unit = size / 100
  return `<g transform="translate(${x} ${y}) scale(${unit})">${[
    line('M6 -46L-10 -22L-14 0M6 -46L18 -24L20 0', colors.legs, 10),
    line('M-14 0H-4M20 0H31', darken(colors.legs, 0.4), 7),
    fill('M-6 -84C-10 -60 -6 -46 0 -42H16C18 -60 16 -76 10 -86Z', colors.coat),
    fill('M-8 -86C-30 -86 -30 -50 -14 -44L-4 -46C-8 -60 -6 -76 -2 -86Z', colors.pack),
    line('M8 -76L24 -58L36 -54', colors.coat, 8),
    line('M36 -62L46 0', '#20292b', 2.5),
    `<circle cx="8" cy="-96" r="9" fill="#d9a57c"/>`,
    fill('M-3 -97C-3 -112 18 -112 19 -98Z', colors.hat),
  ].join('')}</g>`
}

export function cyclist(x, y, size, colors) {
  const unit = size / 100
  return `<g transform="translate(${x} ${y}) scale(${unit})">${[
    `<g fill="none" stroke="#1b2426" stroke-width="5"><circle cx="-42" cy="-26" r="25"/><circle cx="44" cy="-26" r="25"/></g>`,
    line('M-42 -26L-18 -62L28 -62L0 -24ZM-42 -26L0 -24M28 -62L44 -26', colors.frame, 5),
    line('M-18 -62L-22 -74M28 -62L30 -74L42 -72', '#1b2426', 4),
    line('M-20 -78L10 -52L2 -18', colors.legs, 11),
    line('M2 -18H12', '#1b2426', 6),
    fill('M-28 -78C-24 -104 0 -120 18 -116L22 -104C6 -98 -4 -86 -8 -72Z', colors.coat),
    line('M14 -108L24 -88L38 -76', colors.coat, 8),
    `<circle cx="30" cy="-122" r="10" fill="#d9a57c"/>`,
    fill('M18 -124C18 -142 42 -142 44 -124C36 -128 26 -128 18 -124Z', colors.hat),
  ].join('')}</g>`
}

/** A bare or lit tent, seen from far away. */
export function farTent(x, y, size, { cloth, light }) {
  const unit = size / 100
  return `<g transform="translate(${x} ${y}) scale(${unit})">${[
    fill('M-110 0C-80 -40 -50 -80 0 -96C60 -74 96 -34 124 0Z', cloth),
    fill('M0 -96C60 -74 96 -34 124 0H40C36 -34 20 -70 0 -96Z', darken(cloth, 0.35)),
    fill('M0 -90C-16 -58 -24 -28 -28 0H24C22 -30 14 -62 0 -90Z', light),
    line('M0 -90C-4 -50 -6 -20 -6 0', darken(light, 0.4), 3),
    line('M-110 0C-80 -40 -50 -80 0 -96', lighten(cloth, 0.4), 3),
  ].join('')}</g>`
}
