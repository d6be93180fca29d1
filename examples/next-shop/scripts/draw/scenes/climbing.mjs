import { createRandom, ellipse, fill, line } from '../canvas.mjs'
import { haze, pines, range, sky } from '../landscape.mjs'

/** A climber on an arête in evening light. */
export function crag(c) {
  const random = createRandom(77)
  const face =
    'M1600 0H1120C1090 60 1130 110 1096 170C1066 226 1102 290 1060 350C1030 400 1076 470 1040 530C1006 590 1046 660 1010 720C986 770 1000 840 970 900H1600Z'
  const slabs = Array.from({ length: 58 }, () => {
    const x = 1040 + random() * 560
    const y = random() * 900
    const [w, h] = [40 + random() * 130, 30 + random() * 120]
    return fill(
      `M${x.toFixed(0)} ${y.toFixed(0)}l${w.toFixed(0)} ${(-h * 0.3).toFixed(0)}l${(w * 0.2).toFixed(0)} ${h.toFixed(0)}l${(-w).toFixed(0)} ${(h * 0.35).toFixed(0)}Z`,
      random() > 0.5 ? '#f0c79b' : '#3b2a2c',
      `opacity="${(0.05 + random() * 0.14).toFixed(2)}"`,
    )
  }).join('')
  const cracks = Array.from({ length: 18 }, () => {
    const x = 1080 + random() * 500
    const y = random() * 700
    return line(
      `M${x.toFixed(0)} ${y.toFixed(0)}l${(random() * 30 - 10).toFixed(0)} 60l${(random() * -40).toFixed(0)} 70l${(random() * 30).toFixed(0)} 50`,
      '#33211f',
      3,
      'opacity=".45"',
    )
  }).join('')
  return [
    sky(c, [0, '#6f8fa8'], [0.55, '#e9c3a0'], [1, '#f4d3ac']),
    ellipse(700, 470, 330, 330, c.glow('#ffeccb', 0.8)),
    range({ seed: 61, from: 520, to: 480, lift: 120, rough: 0.58 }, '#a79a9d', '#f3d0ab', 0.5),
    haze(c, 480, 160, '#f6d6b2', 0.6),
    range({ seed: 65, from: 600, to: 640, lift: 110, rough: 0.56 }, '#796f76', '#dcae88', 0.35),
    fill('M0 900V730C200 700 420 760 640 770C820 776 920 820 1010 860V900Z', '#3a3f45'),
    pines(12, 22, (r) => [r * 820, 752 + Math.sin(r * 6) * 14], '#2a3338'),
    c.body(
      face,
      '#a86f50',
      slabs +
        cracks +
        fill(
          'M1120 0C1090 60 1130 110 1096 170C1066 226 1102 290 1060 350C1030 400 1076 470 1040 530C1006 590 1046 660 1010 720L980 900H1040C1070 800 1060 720 1096 640C1130 560 1100 480 1140 400C1170 320 1140 240 1180 170C1210 100 1170 60 1190 0Z',
          '#ffdcae',
          'opacity=".4"',
        ),
      0.4,
    ),
    line('M1150 0C1140 160 1128 260 1116 330', '#e9f0ef', 4),
    line('M1116 350C1110 520 1060 700 1084 900', '#d8562f', 5),
    // The climber leans out on the arête.
    line('M1104 386L1136 428L1122 476M1094 390L1074 440L1082 492', '#26323c', 15),
    line('M1118 478l18 2M1078 494l18-2', '#14191d', 10),
    fill('M1082 310C1076 350 1080 384 1088 396H1114C1122 370 1120 330 1110 306Z', '#2f7d86'),
    line('M1106 318L1138 300L1150 262M1090 318L1100 276L1122 240', '#2f7d86', 13),
    line('M1150 262l2-8M1122 240l4-6', '#d9a57c', 10),
    line('M1084 388H1116', '#e2903a', 8),
    ellipse(1086, 292, 15, 16, '#d9a57c'),
    fill('M1068 292C1066 268 1102 266 1104 288Z', '#c8452f'),
  ].join('')
}
