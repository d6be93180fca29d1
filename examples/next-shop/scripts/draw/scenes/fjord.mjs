import { createRandom, ellipse, fill, line } from '../canvas.mjs'
import { down, haze, pines, range, sky } from '../landscape.mjs'

/** The fjord at sunrise, with a boat and a cabin. */
export function fjord(c) {
  const random = createRandom(5)
  const ripples = Array.from({ length: 70 }, () => {
    const y = 618 + random() ** 1.3 * 260
    const x = random() * 1600
    return line(
      `M${x.toFixed(0)} ${y.toFixed(0)}h${(20 + random() * 90).toFixed(0)}`,
      '#fff3dc',
      2,
      `opacity="${(0.1 + random() * 0.25).toFixed(2)}"`,
    )
  }).join('')
  return [
    sky(c, [0, '#7fa9b8'], [0.5, '#e8cfae'], [0.72, '#f3c9a0']),
    ellipse(1150, 400, 300, 300, c.glow('#fff2cf', 0.95)),
    ellipse(1150, 392, 50, 50, '#fff8e6'),
    range({ seed: 3, from: 380, to: 330, lift: 200, rough: 0.55 }, '#9db3b6', '#f7dcbc', 0.6),
    haze(c, 380, 240, '#f6dcbc', 0.7),
    range({ seed: 22, from: 360, to: 470, lift: 190, rough: 0.55 }, '#6f929a', '#e3bf9c', 0.35),
    haze(c, 470, 150, '#f2d6b4', 0.45),
    fill(
      `M0 900V600H1600V900Z`,
      c.gradient(
        [
          [0, '#e6c6a2'],
          [0.25, '#8fb0b4'],
          [1, '#1f4a57'],
        ],
        down,
      ),
    ),
    ellipse(1150, 610, 90, 300, c.glow('#fff0d0', 0.75)),
    ellipse(1150, 606, 330, 26, c.glow('#fff0d0', 0.8)),
    fill('M0 900V250C120 300 200 380 300 470C370 540 430 580 520 606L0 606Z', '#35606a'),
    fill(
      'M0 250C120 300 200 380 300 470C370 540 430 580 520 606C420 590 340 560 280 500C220 440 130 340 0 330Z',
      '#6f938f',
      'opacity=".5"',
    ),
    pines(41, 24, (r) => [60 + r * 420, 470 + r * 150], '#274d55'),
    fill('M1600 606H1180C1260 570 1330 500 1420 400C1480 340 1550 300 1600 290Z', '#3d6a70'),
    pines(43, 16, (r) => [1290 + r * 310, 606 - r * 26], '#2b535b'),
    ripples,
    fill('M0 900V700C160 690 300 740 420 800C500 840 560 880 600 900Z', '#12323a'),
    pines(4, 26, (r) => [r * 470, 722 + r * r * 120], '#123037'),
    fill('M1600 900V760C1500 744 1400 770 1330 812C1290 838 1270 870 1260 900Z', '#17383e'),
    fill('M1412 776V716L1462 682L1512 716V774Z', '#a4432e'),
    fill('M1400 722L1462 676L1524 722L1516 730L1462 692L1408 730Z', '#2a2422'),
    fill('M1440 776V738H1462V776ZM1478 734H1498V752H1478Z', '#ffd98c'),
    fill('M1412 716L1462 682V776H1412Z', '#7a2f22', 'opacity=".35"'),
    fill('M1012 706C1030 724 1094 724 1112 704L1100 726C1080 734 1044 734 1026 728Z', '#5a2a1e'),
    fill('M1044 710C1040 690 1046 678 1056 678C1066 678 1072 690 1070 710Z', '#c8a24a'),
    ellipse(1057, 669, 7, 8, '#d9a57c'),
    fill('M1048 668C1048 656 1066 656 1066 667Z', '#23343a'),
    line('M1058 690L1016 734M1066 690L1112 730', '#4a3a2c', 3.5),
  ].join('')
}
