import { ellipse, fill, line } from '../canvas.mjs'
import { farTent } from '../figures.mjs'
import { down, haze, pines, range, sky, stars } from '../landscape.mjs'

/** A lit tent by a lake under the stars. */
export function camp(c) {
  return [
    sky(c, [0, '#0f2138'], [0.5, '#2c4f6e'], [0.8, '#c98f6c']),
    stars(8, 190),
    ellipse(420, 150, 120, 120, c.glow('#dfe9ef', 0.35)),
    fill('M452 118A46 46 0 1 0 470 188A38 38 0 1 1 452 118Z', '#f3ecd8'),
    range({ seed: 83, from: 480, to: 430, lift: 160 }, '#3f5f78', '#e0a783', 0.28),
    haze(c, 420, 200, '#d79f79', 0.4),
    range({ seed: 91, from: 560, to: 540, lift: 130 }, '#2b465c', '#a87a68', 0.2),
    fill(
      'M0 900V660H1600V900Z',
      c.gradient(
        [
          [0, '#8f7a74'],
          [0.3, '#36536a'],
          [1, '#12273a'],
        ],
        down,
      ),
    ),
    Array.from({ length: 26 }, (_, at) =>
      line(
        `M${(at * 211) % 1600} ${676 + ((at * 17) % 90)}h${40 + ((at * 29) % 80)}`,
        '#f2d5b5',
        2,
        'opacity=".25"',
      ),
    ).join(''),
    fill(
      'M0 900V790C240 770 480 800 760 790C1040 780 1320 740 1600 750V900Z',
      c.gradient(
        [
          [0, '#20372f'],
          [1, '#0c1a1c'],
        ],
        down,
      ),
    ),
    pines(17, 34, (r) => [r * 620 - 20, 800], '#0d2023'),
    pines(23, 16, (r) => [1420 + r * 200, 770], '#0d2023'),
    ellipse(1180, 782, 340, 120, c.glow('#ffb95a', 0.55)),
    farTent(1180, 800, 190, { cloth: '#e08a35', light: '#ffe2a0' }),
    ellipse(930, 806, 120, 80, c.glow('#ff9d45', 0.8)),
    fill('M930 808C906 794 912 766 930 742C948 766 954 794 930 808Z', '#ffb347'),
    fill('M930 808C918 798 922 784 930 770C938 784 942 798 930 808Z', '#fff0c0'),
    line('M902 814L958 804M902 804L958 814', '#3a251a', 8),
    fill('M1010 806C1004 772 1012 750 1030 750C1050 750 1056 772 1054 806Z', '#2f5f86'),
    ellipse(1030, 738, 13, 14, '#c98f68'),
    fill('M1015 738C1014 716 1046 716 1046 736Z', '#a8432f'),
    line('M1016 774L984 782', '#2f5f86', 9),
  ].join('')
}
