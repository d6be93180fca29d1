import { darken, ellipse, fill, group, lighten, line, rect, stitch, tube } from './canvas.mjs'

function wheel(cx, cy, tyre) {
  const spokes = Array.from({ length: 24 }, (_, at) => {
    const angle = (at / 24) * Math.PI * 2 + 0.1
    const hub = angle + (at % 2 ? 0.9 : -0.9)
    return `M${(cx + Math.cos(hub) * 11).toFixed(1)} ${(cy + Math.sin(hub) * 11).toFixed(1)}L${(cx + Math.cos(angle) * 122).toFixed(1)} ${(cy + Math.sin(angle) * 122).toFixed(1)}`
  }).join('')
  const ring = (radius, color, width, more = '') =>
    `<circle cx="${cx}" cy="${cy}" r="${radius}" fill="none" stroke="${color}" stroke-width="${width}" ${more}/>`
  return [
    line(spokes, '#8b9496', 2),
    ring(138, '#1d2426', 21),
    ring(147, '#394447', 5, 'stroke-dasharray="7 5"'),
    ring(128, tyre, 6),
    ring(121, '#343f42', 10),
    ring(120, '#7d888b', 2),
    ring(40, '#aab2b4', 4, 'stroke-dasharray="5 3"'),
    ellipse(cx, cy, 15, 15, '#2a3335'),
    ellipse(cx, cy, 6, 6, '#c8cdce'),
  ].join('')
}

export function gravelBike(_, { frame, fork, tape, tyre }) {
  const rear = [214, 506]
  const front = [592, 506]
  return [
    wheel(...rear, tyre),
    wheel(...front, tyre),
    line('M214 506L386 516M214 520L386 536', '#5b6668', 5),
    tube('M214 506L378 522', darken(frame, 0.12), 14),
    tube('M214 506L336 304', darken(frame, 0.12), 12),
    tube('M378 522L330 286', frame, 18),
    tube('M336 318L514 296', frame, 18),
    tube('M380 520L524 342', frame, 23),
    tube('M508 262L530 352', darken(frame, 0.05), 25),
    tube('M532 356C548 400 572 450 592 506', fork, 16),
    line('M326 286L316 232', '#2a3335', 13),
    fill(
      'M254 226C262 208 350 206 376 216C388 222 384 232 368 234C340 238 320 246 300 244C276 242 250 240 254 226Z',
      '#2b2523',
    ),
    line('M264 220C290 212 340 212 368 220', '#6b5546', 4),
    line('M508 262L496 238L536 226', '#2a3335', 14),
    line('M536 226C584 212 612 232 604 268C598 300 566 312 538 304', darken(tape, 0.35), 19),
    line('M536 226C584 212 612 232 604 268C598 300 566 312 538 304', tape, 14),
    line(
      'M560 221l6 12M580 224l2 14M598 240l-10 8M604 262l-12 2M598 284l-10-6M580 300l-5-11',
      darken(tape, 0.35),
      3,
    ),
    line('M588 226C616 212 622 240 612 282', '#2a3335', 11),
    ellipse(378, 522, 34, 34, '#343f42'),
    `<circle cx="378" cy="522" r="31" fill="none" stroke="#b4bbbc" stroke-width="6" stroke-dasharray="5 4"/>`,
    ellipse(378, 522, 12, 12, '#8b9496'),
    line('M378 522L420 586', '#20292b', 13),
    line('M400 590H442', '#20292b', 14),
    line('M378 522L340 462', '#3d484b', 11),
    line('M322 460H356', '#3d484b', 12),
    line('M214 506L226 556L240 572', '#3d484b', 9),
    group(
      'rotate(-51 452 430)',
      rect(424, 406, 66, 26, 8, '#e9dcc0'),
      rect(488, 411, 14, 16, 4, '#2a3335'),
      line('M440 406V432M470 406V432', frame, 3),
    ),
    rect(420, 296, 66, 12, 3, lighten(frame, 0.65), 'transform="rotate(-7 452 302)" opacity=".9"'),
  ].join('')
}

export function roadHelmet(c, { shell, vent, strap }) {
  const vents = [
    'M250 372C300 300 380 262 462 262C400 286 330 330 296 388Z',
    'M330 400C380 330 460 296 534 300C470 324 410 362 376 408Z',
    'M420 410C460 362 520 336 576 344C534 364 492 388 466 418Z',
    'M262 314C300 262 350 238 400 232C350 254 310 284 286 322Z',
  ]
  return [
    line('M300 448C310 540 370 620 430 654M470 452C470 540 450 610 430 654M300 448L436 560', strap, 14),
    rect(408, 640, 48, 34, 8, '#242d2f'),
    fill('M196 430C260 480 540 480 626 420L600 462C500 500 300 500 220 462Z', darken(shell, 0.66)),
    c.body(
      'M182 424C176 300 270 208 400 206C530 206 630 290 652 400C656 420 640 432 620 430C540 420 440 436 352 456C290 470 190 470 182 424Z',
      shell,
      [
        ...vents.map((d) => fill(d, vent)),
        ...vents.map((d) => line(d, lighten(shell, 0.4), 3)),
        line('M180 440C300 440 480 400 660 404', darken(shell, 0.35), 16),
        line('M180 424C300 424 480 384 660 388', '#ffffff', 3, 'opacity=".5"'),
      ].join(''),
      0.34,
    ),
    line('M226 330C262 266 320 234 378 226', '#ffffff', 11, 'opacity=".5"'),
    ellipse(208, 440, 20, 26, '#2b3537'),
    fill('M566 388l14-24 14 24z', '#fff6e8'),
  ].join('')
}

export function pannier(c, { cloth, panel, trim }) {
  return [
    tube('M330 214C330 150 470 150 470 214', trim, 15),
    c.body(
      'M262 266L538 266C560 400 566 540 556 634C552 656 540 664 518 664H282C260 664 248 656 244 634C234 540 240 400 262 266Z',
      cloth,
      [
        fill('M220 470C300 440 360 500 440 460C500 430 540 450 590 440V690H220Z', panel),
        fill('M220 540C300 510 380 570 460 530C520 504 560 520 600 510V690H220Z', darken(panel, 0.28)),
        fill('M276 440L340 330L384 398L430 348L500 446C440 470 380 476 340 462Z', lighten(cloth, 0.18)),
        fill('M340 330L362 364L340 372L320 364Z', lighten(cloth, 0.85)),
        line('M520 260C548 400 552 560 540 670', darken(cloth, 0.35), 30, 'opacity=".35"'),
      ].join(''),
    ),
    c.body(
      'M246 206C300 196 500 196 554 206C566 230 566 262 556 282C500 296 300 296 244 282C234 262 234 230 246 206Z',
      lighten(cloth, 0.08),
      line('M240 228C320 240 480 240 560 228M240 254C320 266 480 266 560 254', darken(cloth, 0.3), 4),
    ),
    line('M300 200V388M500 200V388', trim, 20),
    rect(282, 326, 36, 40, 7, '#2a3335'),
    rect(482, 326, 36, 40, 7, '#2a3335'),
    rect(290, 338, 20, 14, 3, '#77827f'),
    rect(490, 338, 20, 14, 3, '#77827f'),
    rect(356, 592, 88, 26, 13, '#f4f1e6'),
    line('M368 605H432', '#c8ccc9', 8, 'stroke-dasharray="2 7"'),
    tube('M244 254C196 320 200 470 238 540', trim, 10),
  ].join('')
}

export function jersey(c, { cloth, band, line: accent }) {
  const sleeve = 'M292 240C236 252 196 300 158 396L240 444L304 352Z'
  const hoops = fill('M130 356L310 420V450L120 396Z', band)
  const torso =
    'M292 238C330 224 470 224 508 238C528 300 526 360 524 420L532 634C532 656 268 656 268 634L276 420C274 360 272 300 292 238Z'
  return [
    c.body(sleeve, darken(cloth, 0.08), hoops + line('M158 392L242 440', accent, 14)),
    group(
      'matrix(-1 0 0 1 800 0)',
      c.body(sleeve, darken(cloth, 0.2), hoops + line('M158 392L242 440', accent, 14)),
    ),
    c.body(
      torso,
      cloth,
      [
        fill('M240 350H560V436H240Z', band),
        line('M240 346H560M240 440H560', accent, 9),
        rect(250, 622, 300, 40, 0, darken(cloth, 0.35)),
        line('M480 240C510 400 510 560 500 650', darken(cloth, 0.3), 26, 'opacity=".3"'),
      ].join(''),
    ),
    fill('M338 232C350 272 450 272 462 232C440 216 360 216 338 232Z', darken(cloth, 0.55)),
    line('M336 232C348 284 452 284 464 232', accent, 16),
    line('M400 276V640', darken(cloth, 0.45), 7),
    line('M400 276V640', '#e9dcc0', 3, 'stroke-dasharray="4 4"'),
    rect(394, 290, 12, 28, 5, '#e9dcc0'),
    stitch('M290 246C282 290 290 330 304 352M510 246C518 290 510 330 496 352', lighten(cloth, 0.6)),
    fill('M452 404l18-32 18 32z', lighten(band, 0.85)),
  ].join('')
}

export function frontLight(c, { shell, bezel, beam }) {
  return group(
    'rotate(-8 400 400)',
    [
      fill(
        'M520 300L800 170V640L520 500Z',
        c.gradient(
          [
            [0, beam, 0.85],
            [1, beam, 0],
          ],
          'x1="0" y1="0" x2="1" y2="0"',
        ),
      ),
      c.body(
        'M206 344C206 318 224 306 250 304L478 286V514L250 496C224 494 206 482 206 456Z',
        shell,
        [
          line('M250 330H460', '#ffffff', 8, 'opacity=".4"'),
          ...[0, 1, 2, 3, 4].map((at) => line(`M${392 + at * 18} 280V520`, darken(shell, 0.45), 6)),
        ].join(''),
      ),
      c.body('M470 274H524C546 320 546 480 524 526H470Z', bezel),
      ellipse(526, 400, 34, 126, '#1f282a'),
      ellipse(528, 400, 26, 104, lighten(beam, 0.5)),
      ellipse(528, 400, 13, 58, '#ffffff'),
      ellipse(300, 326, 30, 12, darken(shell, 0.5)),
      ellipse(300, 324, 22, 8, '#59c98f'),
      [0, 1, 2, 3]
        .map((at) => ellipse(246 + at * 20, 400, 5, 5, at < 3 ? '#59c98f' : darken(shell, 0.5)))
        .join(''),
      c.body('M290 490H362V560H290Z', '#2b3537'),
      c.round('M120 566H530V640H120Z', '#59646a', line('M120 580H530', '#ffffff', 4, 'opacity=".35"')),
      c.body('M262 552C262 540 388 540 388 552V654C388 666 262 666 262 654Z', '#2b3537'),
      line('M262 603H388', '#161d1f', 5),
      rect(374, 590, 44, 26, 10, '#3d484b'),
    ].join(''),
  )
}

export function trackPump(c, { barrel, handle, hose }) {
  return [
    tube('M462 596C600 600 620 430 560 330C530 280 500 300 480 330', hose, 12),
    c.round('M386 176H414V330H386Z', '#b9c0c1'),
    c.round(
      'M360 292H440V602H360Z',
      barrel,
      [
        line('M350 330H450M350 344H450', lighten(barrel, 0.7), 4),
        fill('M380 470l20-36 20 36zM380 520h40v6h-40z', lighten(barrel, 0.8)),
      ].join(''),
    ),
    c.round('M352 280H448V310H352Z', '#2a3335'),
    line('M276 168H524', darken(handle, 0.45), 42),
    line('M278 166H522', handle, 34),
    line('M284 158H516', lighten(handle, 0.5), 6),
    rect(372, 142, 56, 50, 10, '#2a3335'),
    c.body(
      'M286 640C300 600 360 590 400 590C440 590 500 600 514 640L560 660C566 672 556 676 540 676H260C244 676 234 672 240 660Z',
      '#343f42',
      line('M250 662H550', '#5b6668', 5),
    ),
    ellipse(400, 588, 72, 72, '#2a3335'),
    ellipse(400, 588, 60, 60, '#f4f1e6'),
    Array.from({ length: 13 }, (_, at) => {
      const angle = Math.PI * 0.75 + (at / 12) * Math.PI * 1.5
      return line(
        `M${(400 + Math.cos(angle) * 46).toFixed(1)} ${(588 + Math.sin(angle) * 46).toFixed(1)}L${(400 + Math.cos(angle) * 54).toFixed(1)} ${(588 + Math.sin(angle) * 54).toFixed(1)}`,
        at > 9 ? '#c94f2f' : '#2a3335',
        3.5,
      )
    }).join(''),
    line('M400 588L430 556', '#c94f2f', 5),
    ellipse(400, 588, 7, 7, '#2a3335'),
    group('rotate(30 480 336)', rect(466, 318, 28, 52, 9, '#2a3335'), rect(470, 300, 20, 22, 4, '#c9ced0')),
  ].join('')
}
