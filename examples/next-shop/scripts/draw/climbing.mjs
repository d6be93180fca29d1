import { darken, ellipse, fill, group, lighten, line, rect, stitch, tube } from './canvas.mjs'

/** A dynamic rope's sheath: a round core with two rows of coloured flecks. */
function rope(d, color, fleck, width = 20) {
  return [
    line(d, darken(color, 0.5), width + 4),
    line(d, color, width),
    `<path d="${d}" fill="none" stroke="${fleck}" stroke-width="${width * 0.62}" stroke-dasharray="6 13"/>`,
    line(d, lighten(color, 0.5), width * 0.22, 'opacity=".6" transform="translate(-4 -4)"'),
  ].join('')
}

export function coil(_, { sheath, fleck }) {
  const loops = [1, 0.84, 0.92, 0.76, 1.04, 0.88, 0.7]
  const side = (flip) =>
    loops
      .map((scale, at) => {
        const width = (150 + at * 9) * scale * flip
        const drop = 640 - at * 22
        return rope(
          `M${400 + flip * 12} 296C${400 + width * 1.5} ${300 + at * 10} ${400 + width * 1.25} ${drop} ${400 + width * 0.56} ${drop}C${400 + width * 0.1} ${drop} ${400 + flip * (16 + at * 3)} 470 ${400 + flip * 10} 330`,
          sheath,
          fleck,
        )
      })
      .join('')
  const wraps = Array.from({ length: 6 }, (_, at) =>
    rope(
      `M352 ${262 + at * 21}C380 ${272 + at * 21} 420 ${272 + at * 21} 448 ${258 + at * 21}`,
      sheath,
      fleck,
    ),
  ).join('')
  return [
    side(-1),
    side(1),
    rope('M384 270C360 190 372 150 400 150C428 150 440 190 416 270', sheath, fleck),
    wraps,
    rope('M440 372C520 410 560 500 548 690', sheath, fleck, 19),
    line('M548 676V700', '#1f2a2c', 22),
    rect(364, 292, 72, 40, 5, '#f2ead8'),
    line('M374 306H426M374 318H408', darken(fleck, 0.1), 4),
  ].join('')
}

export function harness(_, { webbing, trim, loop }) {
  const leg = (flip) =>
    group(
      flip < 0 ? 'matrix(-1 0 0 1 800 0)' : '',
      line(
        'M424 470C450 420 600 440 592 540C586 620 450 640 428 560C420 530 416 500 424 470Z',
        darken(webbing, 0.45),
        46,
      ),
      line('M424 470C450 420 600 440 592 540C586 620 450 640 428 560C420 530 416 500 424 470Z', webbing, 38),
      line('M424 470C450 420 600 440 592 540C586 620 450 640 428 560C420 530 416 500 424 470Z', trim, 5),
      rect(556, 470, 40, 30, 5, '#c9ced0', 'transform="rotate(28 576 485)"'),
      rect(564, 477, 24, 16, 3, '#3a4548', 'transform="rotate(28 576 485)"'),
    )
  return [
    line('M214 330C214 236 586 236 586 330', darken(webbing, 0.55), 54),
    leg(-1),
    leg(1),
    line('M206 326C216 440 584 440 594 326', darken(webbing, 0.45), 66),
    line('M206 326C216 440 584 440 594 326', webbing, 58),
    line('M206 326C216 440 584 440 594 326', trim, 7),
    stitch('M212 306C226 416 574 416 588 306', lighten(webbing, 0.6)),
    tube('M226 376C196 440 228 500 276 424', loop, 9),
    tube('M574 376C604 440 572 500 524 424', loop, 9),
    line('M384 402C376 470 384 500 392 540', darken(webbing, 0.4), 16),
    line('M416 402C424 470 416 500 408 540', darken(webbing, 0.4), 16),
    tube('M400 398C368 430 372 510 400 524C428 510 432 430 400 398Z', trim, 17),
    rect(446, 384, 62, 46, 8, '#d4d8d9', 'transform="rotate(-8 477 407)"'),
    rect(458, 394, 38, 26, 5, '#3a4548', 'transform="rotate(-8 477 407)"'),
    line('M477 394V424', '#d4d8d9', 6, 'transform="rotate(-8 477 407)"'),
  ].join('')
}

function climbingShoe(c, { suede, rand, strap }) {
  return [
    c.body(
      'M190 470C196 420 214 360 250 338L352 330C372 366 414 396 476 414C556 436 630 466 652 530C662 566 650 588 626 586C570 566 520 566 470 576C400 590 280 590 210 576C190 566 186 510 190 470Z',
      suede,
      [
        fill('M490 610C506 520 556 450 620 440L710 610Z', rand),
        fill('M170 600L190 440C214 440 250 470 262 600Z', rand),
        fill('M170 548C300 556 420 556 520 532L660 560V620H170Z', darken(rand, 0.15)),
        stitch('M262 590C254 480 216 432 196 428', lighten(suede, 0.55)),
        stitch('M478 600C496 516 548 446 606 438', lighten(suede, 0.55)),
      ].join(''),
    ),
    fill(
      'M196 574C300 592 420 590 480 574C540 562 600 566 632 584C610 600 560 590 500 598C420 612 280 612 208 596Z',
      '#232b2d',
    ),
    line('M254 344C280 356 320 352 350 334', lighten(suede, 0.45), 12),
    fill('M236 350C216 318 222 290 244 288C258 300 256 330 262 344Z', strap),
    fill('M300 356L366 344L446 478L398 506C370 446 336 400 300 356Z', darken(suede, 0.35)),
    line('M330 402L414 372', darken(strap, 0.35), 34),
    line('M330 400L414 370', strap, 28),
    line('M372 458L462 420', darken(strap, 0.35), 34),
    line('M372 456L462 418', strap, 28),
    line('M336 398L378 383M378 454L422 436', lighten(strap, 0.5), 5),
  ].join('')
}

export const climbingShoes = (c, colors) =>
  group('translate(78 -118) scale(.92)', climbingShoe(c, { ...colors, suede: darken(colors.suede, 0.12) })) +
  group('translate(-52 54)', climbingShoe(c, colors))

export function climbingHelmet(c, { shell, stripe, strap }) {
  const vents = [
    'M300 300C330 270 360 258 384 254L376 286C352 292 330 304 312 322Z',
    'M420 252C460 254 496 270 520 292L500 318C478 300 452 290 424 286Z',
    'M254 372C262 348 272 334 284 322L300 344C290 356 284 370 280 388Z',
    'M546 322C564 344 574 366 578 392L548 396C542 374 534 358 522 344Z',
  ]
  return [
    line('M262 470C280 560 330 640 384 668M540 470C520 560 450 640 384 668', darken(strap, 0.2), 15),
    line('M300 474C320 540 330 580 352 646M488 476C470 540 440 600 404 658', strap, 12),
    rect(362, 648, 52, 34, 8, '#242d2f'),
    fill('M214 468C260 500 540 500 590 468L566 500C500 520 300 520 240 500Z', darken(shell, 0.6)),
    c.body(
      'M206 464C190 320 270 214 402 214C534 214 622 320 598 464C604 482 590 490 570 486C460 470 340 470 236 488C214 490 200 482 206 464Z',
      shell,
      [
        fill('M372 200H432C446 300 446 390 436 480H368C358 390 358 300 372 200Z', stripe),
        ...vents.map((d) => fill(d, darken(shell, 0.72))),
        line('M206 446C320 424 480 424 600 446', darken(shell, 0.25), 6),
      ].join(''),
      0.34,
    ),
    line('M262 300C290 256 330 236 366 230', '#ffffff', 12, 'opacity=".45"'),
    rect(236, 440, 40, 22, 5, '#2b3537'),
    rect(524, 440, 40, 22, 5, '#2b3537'),
    fill('M386 404l16-28 16 28z', darken(stripe, 0.5)),
  ].join('')
}

function carabiner(color, gate, flip) {
  const frame = 'M384 168C384 128 440 120 446 160L452 262C454 306 376 306 376 262Z'
  return group(
    flip ? 'rotate(180 412 400)' : '',
    line(frame, darken(color, 0.45), 22),
    line(frame, color, 17),
    line('M386 176C386 146 424 136 436 150', lighten(color, 0.65), 5),
    line('M446 176L450 252', darken(gate, 0.2), 15),
    line('M446 178L450 250', gate, 9),
  )
}

export function quickdraws(_, { top, bottom, sling, gate }) {
  const one = [
    line('M412 278V524', darken(sling, 0.45), 40),
    line('M412 280V522', sling, 33),
    line('M402 296V506', lighten(sling, 0.45), 4),
    rect(396, 370, 32, 62, 4, lighten(sling, 0.75)),
    fill('M402 412l10-20 10 20z', darken(sling, 0.2)),
    [300, 310, 490, 500].map((y) => line(`M400 ${y}H424`, lighten(sling, 0.7), 3)).join(''),
    carabiner(top, gate, false),
    carabiner(bottom, gate, true),
  ].join('')
  return [-176, 0, 176]
    .map((x, at) => group(`translate(${x - 12} ${at === 1 ? 26 : 0}) rotate(${(at - 1) * 5} 412 400)`, one))
    .join('')
}

export function chalkBag(c, { cloth, pattern, fleece }) {
  const waves = Array.from({ length: 5 }, (_, at) =>
    line(
      `M220 ${400 + at * 46}C270 ${362 + at * 46} 310 ${440 + at * 46} 360 ${400 + at * 46}C410 ${362 + at * 46} 450 ${440 + at * 46} 500 ${400 + at * 46}C540 ${370 + at * 46} 570 ${430 + at * 46} 610 ${400 + at * 46}`,
      at % 2 ? pattern : lighten(cloth, 0.45),
      14,
    ),
  ).join('')
  return [
    line('M190 300C250 350 550 350 612 296', darken(pattern, 0.25), 26),
    rect(576, 276, 52, 44, 8, '#263032'),
    c.round(
      'M256 300C252 420 258 560 284 628C330 664 470 664 516 628C542 560 548 420 544 300Z',
      cloth,
      waves + rect(230, 590, 340, 90, 0, darken(cloth, 0.45)),
    ),
    ellipse(400, 298, 150, 52, darken(fleece, 0.12)),
    Array.from({ length: 34 }, (_, at) => {
      const angle = (at / 34) * Math.PI * 2
      return ellipse(
        400 + Math.cos(angle) * 140,
        296 + Math.sin(angle) * 45,
        20,
        14,
        at % 2 ? fleece : darken(fleece, 0.07),
      )
    }).join(''),
    ellipse(400, 296, 112, 32, '#2b2a29'),
    ellipse(400, 306, 86, 19, '#f6f4ef'),
    ellipse(376, 303, 30, 8, '#dedbd3'),
    tube('M534 352C600 380 590 460 570 498', pattern, 9),
    rect(554, 478, 30, 40, 12, '#263032'),
    tube('M268 350C230 400 240 520 262 560', pattern, 18),
    rect(366, 604, 68, 34, 4, '#f2ead8'),
    fill('M388 630l12-20 12 20z', darken(cloth, 0.4)),
  ].join('')
}
