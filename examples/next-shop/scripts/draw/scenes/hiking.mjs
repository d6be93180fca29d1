import { ellipse, fill, line } from '../canvas.mjs'
import { walker } from '../figures.mjs'
import { down, haze, range, sky } from '../landscape.mjs'

/** Two walkers on a path over the fells. */
export function fells(c) {
  return [
    sky(c, [0, '#7eaec4'], [0.6, '#dfe6d2'], [1, '#eef0dc']),
    ellipse(1220, 200, 300, 300, c.glow('#fffbe6', 0.9)),
    fill(
      'M900 190C960 150 1040 150 1090 180C1150 170 1180 200 1160 216H920C880 216 880 196 900 190ZM420 130C460 104 520 108 550 130C590 128 600 150 588 158H430C404 156 400 138 420 130Z',
      '#ffffff',
      'opacity=".55"',
    ),
    range({ seed: 14, from: 420, to: 360, lift: 130 }, '#a9c0bd', '#e6e3c6', 0.45),
    haze(c, 400, 160, '#eef0dc', 0.6),
    range({ seed: 31, from: 520, to: 330, lift: 150 }, '#7d9f8c', '#cfd4a4', 0.35),
    range({ seed: 47, from: 470, to: 470, lift: 140 }, '#5a8268', '#b9bf83', 0.3),
    haze(c, 520, 130, '#dfe4c4', 0.35),
    fill(
      'M0 900V640C220 610 420 690 640 676C860 662 1020 560 1240 548C1400 540 1520 580 1600 600V900Z',
      c.gradient(
        [
          [0, '#5f8a52'],
          [1, '#274c39'],
        ],
        down,
      ),
    ),
    fill(
      'M1130 900C1180 800 1330 770 1300 716C1276 680 1120 676 1150 634C1176 602 1260 590 1246 552L1262 552C1284 594 1206 612 1192 640C1176 668 1340 668 1366 716C1394 776 1300 810 1290 900Z',
      '#d8c69a',
    ),
    fill('M0 900V760C200 720 420 780 640 790C860 800 1000 880 1080 900Z', '#21443a'),
    Array.from({ length: 40 }, (_, at) =>
      ellipse(
        (at * 137) % 900,
        800 + ((at * 53) % 90),
        12,
        6,
        at % 3 ? '#8a5a86' : '#a7719b',
        'opacity=".7"',
      ),
    ).join(''),
    line('M1420 640H1600M1420 620H1600M1440 606V660M1500 602V656M1560 600V652', '#3d3a2c', 6, 'opacity=".7"'),
    walker(1262, 712, 118, { legs: '#2f3b40', coat: '#c8452f', pack: '#e0a13a', hat: '#23414a' }),
    walker(1186, 640, 78, { legs: '#3a3a34', coat: '#2f6f83', pack: '#3e6b4c', hat: '#a8432f' }),
  ].join('')
}
