import { ellipse, fill, line, mix } from '../canvas.mjs'
import { cyclist } from '../figures.mjs'
import { down, haze, range, sky } from '../landscape.mjs'

/** Two cyclists on a winding pass. */
export function pass(c) {
  return [
    sky(c, [0, '#89b4c4'], [0.55, '#f0e2b8'], [1, '#f5e6bd']),
    ellipse(980, 330, 300, 300, c.glow('#fff7d6', 0.95)),
    range({ seed: 101, from: 400, to: 380, lift: 140 }, '#a8b9a8', '#f0e0b2', 0.5),
    haze(c, 380, 180, '#f5e6bd', 0.6),
    range({ seed: 113, from: 420, to: 520, lift: 150 }, '#83936b', '#dfd08f', 0.35),
    range({ seed: 127, from: 600, to: 460, lift: 130 }, '#677b4d', '#cbbd72', 0.3),
    haze(c, 540, 120, '#ece0b0', 0.35),
    fill(
      'M0 900V690C240 640 480 700 720 680C960 660 1200 560 1600 580V900Z',
      c.gradient(
        [
          [0, '#7e8d4a'],
          [1, '#37492c'],
        ],
        down,
      ),
    ),
    fill(
      'M760 900C900 800 1260 800 1290 744C1310 706 1060 700 1090 664C1110 640 1240 634 1262 612C1276 596 1240 590 1236 580L1250 578C1262 590 1304 598 1290 616C1270 642 1150 646 1140 668C1130 690 1400 690 1396 748C1390 822 1180 830 1130 900Z',
      '#5b5f5f',
    ),
    line(
      'M950 900C1060 826 1330 812 1344 748C1350 700 1104 700 1116 666C1126 646 1256 640 1276 614',
      '#f3ead0',
      4,
      'stroke-dasharray="18 16" opacity=".85"',
    ),
    fill('M0 900V770C180 740 380 790 560 800C660 806 720 860 760 900Z', '#2c3f2a'),
    Array.from({ length: 16 }, (_, at) =>
      fill(`M${1400 + at * 13} ${700 - (at % 3) * 4}h11v16h-11z`, mix('#8d8a7c', '#5f5d54', (at % 4) / 4)),
    ).join(''),
    Array.from(
      { length: 9 },
      (_, at) =>
        ellipse(520 + ((at * 83) % 330), 700 + ((at * 31) % 46), 10, 7, '#f5f1e4') +
        ellipse(512 + ((at * 83) % 330), 697 + ((at * 31) % 46), 4, 4, '#2b2b28'),
    ).join(''),
    cyclist(1316, 786, 124, { frame: '#c8452f', legs: '#23323a', coat: '#2f6f8f', hat: '#f0e3c8' }),
    cyclist(1168, 688, 62, { frame: '#2b3537', legs: '#23323a', coat: '#c9832b', hat: '#c8452f' }),
  ].join('')
}
