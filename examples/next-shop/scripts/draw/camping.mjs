import { darken, ellipse, fill, group, lighten, line, rect, stitch, tube } from './canvas.mjs'

export function tent(c, { fly, panel, inner, pole }) {
  return [
    line('M150 300L92 628M650 306L712 628', '#e9dcc0', 4),
    line('M92 628l-14 22M712 628l14 22', '#4a5659', 8),
    fill('M226 622L400 232L560 616Z', darken(inner, 0.55)),
    c.body(
      'M110 626C180 470 220 300 396 214C560 270 640 450 696 626Z',
      fly,
      [
        fill('M396 200C470 320 520 480 540 640H720V200Z', darken(fly, 0.18)),
        fill('M396 214C330 330 290 480 272 640H540C520 480 470 330 396 214Z', panel),
        line('M110 592H720', darken(fly, 0.4), 8),
      ].join(''),
    ),
    fill('M398 252C352 350 322 470 306 626H430C420 480 412 350 398 252Z', darken(inner, 0.5)),
    fill('M398 300C372 390 352 500 344 626H424C416 500 408 390 398 300Z', inner),
    fill('M340 626C346 596 420 596 426 626Z', '#d9a441'),
    c.body(
      'M398 250C440 340 500 420 546 470C560 500 548 560 530 600C500 500 440 380 398 250Z',
      lighten(panel, 0.2),
    ),
    line('M120 622C200 470 226 300 396 214C560 270 636 450 688 622', pole, 8),
    line('M396 214C340 330 300 470 276 626M396 214C470 330 516 470 536 626', darken(pole, 0.1), 6),
    stitch('M176 560C230 440 262 320 380 240', lighten(fly, 0.5)),
    fill('M186 566l22-40 22 40zM208 566l16-28 16 28z', lighten(fly, 0.75)),
    [
      [110, 626],
      [272, 628],
      [540, 628],
      [696, 626],
    ]
      .map(([x, y]) => line(`M${x} ${y}v22`, '#4a5659', 8))
      .join(''),
  ].join('')
}

export function sleepingBag(c, { shell, lining, baffle }) {
  const outline =
    'M330 138C380 96 470 108 508 170C540 230 560 320 548 420C540 520 520 610 480 668C440 704 360 700 330 664C290 600 270 500 268 410C262 310 286 190 330 138Z'
  const baffles = Array.from({ length: 11 }, (_, at) => {
    const y = 262 + at * 40
    return (
      line(`M250 ${y}C320 ${y + 30} 480 ${y + 30} 570 ${y - 4}`, darken(baffle, 0.2), 6) +
      line(`M250 ${y + 8}C320 ${y + 38} 480 ${y + 38} 570 ${y + 4}`, lighten(baffle, 0.3), 4)
    )
  }).join('')
  return group(
    'rotate(14 400 400)',
    [
      c.body(
        outline,
        shell,
        baffles + fill('M480 120C520 300 520 520 470 700L600 700V120Z', darken(shell, 0.3), 'opacity=".45"'),
      ),
      ellipse(412, 214, 84, 78, darken(lining, 0.45)),
      ellipse(412, 220, 72, 66, lining),
      c.body('M352 232C376 214 450 214 474 232C470 276 450 292 412 292C376 292 356 276 352 232Z', '#efe6d2'),
      line('M340 286C360 316 470 316 490 280', darken(shell, 0.35), 12),
      line('M484 288C512 400 506 520 470 610', '#e2b04a', 6, 'stroke-dasharray="7 6"'),
      rect(458, 606, 16, 34, 7, '#e2b04a', 'transform="rotate(12 466 620)"'),
      fill('M356 560l26-44 26 44zM382 560l18-30 18 30z', lighten(shell, 0.75)),
      line('M334 128C376 96 460 104 500 168', lighten(shell, 0.5), 6, 'opacity=".6"'),
    ].join(''),
  )
}

export function stove(c, { canister, band, metal }) {
  const flame = (x, scale, color) =>
    group(`translate(${x} 262) scale(${scale})`, fill('M0 0C-22 -22 -14 -54 0 -78C14 -54 22 -22 0 0Z', color))
  const flames = [344, 372, 400, 428, 456]
    .map((x, at) => flame(x, at % 2 ? 0.95 : 0.75, '#3f8fd0') + flame(x, at % 2 ? 0.5 : 0.4, '#d8efff'))
    .join('')
  return [
    ellipse(400, 220, 190, 90, c.glow('#7fc4ff', 0.55)),
    flames,
    line('M300 196L352 300L388 350M500 196L448 300L412 350', darken(metal, 0.3), 15),
    line('M300 196L352 300L388 350M500 196L448 300L412 350', lighten(metal, 0.3), 7),
    line('M282 196H330M470 196H518', darken(metal, 0.3), 14),
    c.round('M336 264H464L448 298H352Z', metal, line('M340 280H470', darken(metal, 0.4), 4)),
    c.round('M384 296H416V392H384Z', metal),
    c.round('M366 372H434V412H366Z', '#c2a05a'),
    line('M434 392H520', darken(metal, 0.3), 12),
    tube('M520 392C548 364 590 372 590 392C590 412 548 420 520 392', '#d1492e', 8),
    c.round('M372 408H428V436H372Z', '#8d9699'),
    c.round(
      'M258 500C258 452 330 434 400 434C470 434 542 452 542 500V632C542 652 500 664 400 664C300 664 258 652 258 632Z',
      canister,
      [
        fill('M240 520C320 540 480 540 560 520V610C480 632 320 632 240 610Z', band),
        fill('M300 596l54-66 34 40 22-26 60 52z', lighten(canister, 0.85)),
      ].join(''),
    ),
    line('M290 480C320 460 360 454 392 454', '#ffffff', 8, 'opacity=".55"'),
    fill('M484 574l14-24 14 24c0 18-28 18-28 0z', lighten(canister, 0.85)),
  ].join('')
}

export function lantern(c, { frame, light }) {
  return [
    ellipse(400, 410, 300, 300, c.glow(light, 0.75)),
    tube('M268 300C236 96 564 96 532 300', frame, 13),
    c.round(
      'M316 248C320 212 356 196 400 196C444 196 480 212 484 248L500 288H300Z',
      frame,
      line('M310 252H490', darken(frame, 0.4), 6),
    ),
    c.round('M360 166H440V200H360Z', darken(frame, 0.2)),
    fill(
      'M312 288H488C520 350 520 470 488 540H312C280 470 280 350 312 288Z',
      c.gradient(
        [
          [0, lighten(light, 0.7)],
          [0.55, light],
          [1, darken(light, 0.22)],
        ],
        'x1="0" y1="0" x2="0" y2="1"',
      ),
    ),
    ellipse(400, 430, 58, 96, c.glow('#ffffff', 1)),
    fill('M400 492C366 470 372 424 400 372C428 424 434 470 400 492Z', '#fffdf0'),
    line('M330 310C308 370 308 450 328 516', '#ffffff', 10, 'opacity=".6"'),
    line('M312 288C280 350 280 470 312 540M488 288C520 350 520 470 488 540', darken(frame, 0.1), 8),
    line('M292 414H508', darken(frame, 0.1), 6),
    c.round('M300 540H500L520 592H280Z', frame),
    c.round(
      'M268 592H532V640C532 660 268 660 268 640Z',
      darken(frame, 0.12),
      line('M268 606H532', lighten(frame, 0.35), 4),
    ),
    ellipse(400, 628, 20, 14, '#e2b04a'),
    tube('M500 566H556', '#c9a15a', 8),
    ellipse(564, 566, 14, 20, '#c9a15a'),
  ].join('')
}

export function campChair(c, { cloth, trim, frame }) {
  return [
    tube('M262 634L470 470M538 634L330 470', darken(frame, 0.2), 15),
    tube('M236 250L300 500M564 250L500 500', darken(frame, 0.1), 15),
    c.body(
      'M224 232C300 260 500 260 576 232C580 330 566 430 540 500C480 540 320 540 260 500C234 430 220 330 224 232Z',
      cloth,
      [
        fill('M210 220H590V290C500 312 300 312 210 290Z', trim),
        fill('M220 420C320 470 480 470 580 420V560H220Z', darken(cloth, 0.3), 'opacity=".55"'),
        fill('M330 300H470V396C430 412 370 412 330 396Z', darken(cloth, 0.22)),
        line('M332 302H468', lighten(cloth, 0.4), 3),
      ].join(''),
    ),
    stitch('M238 312C320 330 480 330 562 312', lighten(cloth, 0.6)),
    c.body(
      'M246 486C320 530 480 530 554 486L586 540C500 604 300 604 214 540Z',
      cloth,
      stitch('M226 536C310 590 490 590 574 536', lighten(cloth, 0.6)),
    ),
    tube('M206 520L320 668M594 520L480 668', frame, 16),
    tube('M300 662L546 540M500 662L254 540', frame, 13),
    [
      [320, 668],
      [480, 668],
      [262, 640],
      [538, 640],
    ]
      .map(([x, y]) => ellipse(x, y, 15, 12, '#20292b'))
      .join(''),
    fill('M378 372l22-38 22 38z', lighten(cloth, 0.75)),
    ellipse(224, 234, 14, 14, '#20292b'),
    ellipse(576, 234, 14, 14, '#20292b'),
  ].join('')
}

export function mug(c, { enamel, rim, motif }) {
  const steam = [350, 410]
    .map((x, at) =>
      line(`M${x} 246C${x - 30} 210 ${x + 34} 186 ${x + 4} ${128 + at * 16}`, '#ffffff', 12, 'opacity=".55"'),
    )
    .join('')
  return [
    steam,
    line('M536 356C640 340 650 540 524 556', darken(enamel, 0.5), 42),
    line('M536 356C640 340 650 540 524 556', enamel, 32),
    line('M540 348C616 342 630 420 612 470', lighten(enamel, 0.5), 6),
    c.round(
      'M234 300H546L532 632C530 654 250 654 248 632Z',
      enamel,
      [
        fill('M220 590L310 436L356 506L410 404L486 520L520 470L580 590Z', motif),
        fill('M310 436L334 472L310 480L288 474ZM410 404L444 456L412 468L380 460Z', lighten(enamel, 0.9)),
        fill('M220 590C300 570 500 570 580 590V680H220Z', darken(motif, 0.35)),
        [
          [278, 346],
          [352, 372],
          [480, 350],
          [500, 400],
          [300, 392],
          [430, 340],
          [392, 330],
        ]
          .map(([x, y]) => ellipse(x, y, 3.5, 3.5, lighten(enamel, 0.75)))
          .join(''),
      ].join(''),
    ),
    line('M250 632C300 650 480 650 530 632', rim, 8),
    ellipse(390, 300, 158, 40, rim),
    ellipse(390, 300, 147, 33, lighten(enamel, 0.82)),
    ellipse(390, 310, 130, 25, '#4a2f1f'),
    ellipse(352, 304, 46, 9, '#6d4930'),
  ].join('')
}
