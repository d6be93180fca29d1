import { darken, ellipse, fill, group, lighten, line, rect, stitch, tube } from './canvas.mjs'

function lugs(from, to, y, count, color) {
  const step = (to - from) / count
  return Array.from({ length: count }, (_, at) => rect(from + at * step, y, step * 0.66, 20, 4, color)).join(
    '',
  )
}

export function boot(c, { leather, sole, lace, lining }) {
  const upper =
    'M232 268C280 240 350 232 402 244C404 300 420 348 462 384C512 424 596 428 636 482C654 508 656 540 652 572L196 572C190 500 246 410 232 268Z'
  const toe = fill('M556 580C548 520 590 468 668 470L680 580Z', darken(leather, 0.45))
  const heel = fill('M180 580L200 452C244 440 292 470 306 580Z', darken(leather, 0.35))
  const panel = fill(
    'M300 580C306 500 352 430 452 400L520 424C450 450 420 520 424 580Z',
    lighten(leather, 0.16),
  )
  const eyelets = [
    [398, 292],
    [410, 330],
    [436, 366],
    [474, 396],
    [522, 416],
  ]
  const laces = eyelets
    .map(([x, y], at) => line(`M${x - 6} ${y + 6}L${x - 46 - at * 3} ${y + 30 + at * 4}`, lace, 10))
    .join('')
  const hooks = eyelets
    .map(([x, y], at) => ellipse(x - 50 - at * 3, y + 33 + at * 4, 9, 9, '#d9c9a0'))
    .join('')
  return [
    fill(
      'M322 246C340 196 396 186 428 206C434 256 452 310 486 356L430 380C380 340 350 290 322 246Z',
      darken(lining, 0.25),
    ),
    lugs(196, 668, 602, 11, darken(sole, 0.3)),
    c.body(
      upper,
      leather,
      heel +
        panel +
        toe +
        stitch('M196 460C246 448 288 478 302 574', lighten(leather, 0.5)) +
        stitch('M312 574C318 504 362 440 452 410', lighten(leather, 0.5)),
    ),
    line('M234 272C282 246 350 238 400 248', lining, 26),
    line('M238 266C284 244 346 236 396 246', lighten(lining, 0.35), 6),
    laces,
    hooks,
    line('M378 282C350 250 320 262 330 296M380 286C402 252 436 256 430 288', lace, 8),
    fill('M206 300C190 292 190 250 210 246L226 250L230 300Z', darken(leather, 0.2)),
    rect(184, 562, 486, 32, 15, lighten(sole, 0.72)),
    fill('M184 584H672C676 604 668 614 654 614H204C190 614 184 602 184 584Z', sole),
  ].join('')
}

export function jacket(c, { shell, accent, zip }) {
  const sleeve = 'M288 262C236 280 214 330 204 420L178 604C174 628 240 640 248 616L300 430Z'
  const torso =
    'M298 252C330 236 470 236 502 252C532 300 520 360 524 440L534 640C534 656 266 656 266 640L276 440C280 360 268 300 298 252Z'
  const cuff = fill('M170 590L262 606L250 640L168 628Z', darken(shell, 0.42))
  const arm = c.body(sleeve, darken(shell, 0.08), cuff + fill('M214 360L300 330V420L204 440Z', accent))
  return [
    arm,
    group(
      'matrix(-1 0 0 1 800 0)',
      c.body(sleeve, darken(shell, 0.16), cuff + fill('M214 360L300 330V420L204 440Z', darken(accent, 0.15))),
    ),
    c.body(
      torso,
      shell,
      fill('M240 230H560V372C500 400 440 352 400 352C360 352 300 400 240 372Z', accent) +
        line('M330 470L302 566M470 470L498 566', darken(shell, 0.5), 6) +
        rect(258, 632, 284, 30, 4, darken(shell, 0.4)),
    ),
    c.body(
      'M312 262C300 200 330 142 400 142C470 142 500 200 488 262C460 290 340 290 312 262Z',
      darken(accent, 0.06),
    ),
    fill(
      'M342 262C332 214 352 176 400 176C448 176 468 214 458 262C436 284 364 284 342 262Z',
      darken(shell, 0.62),
    ),
    fill('M336 268C370 290 430 290 464 268L450 318C430 330 370 330 350 318Z', lighten(accent, 0.12)),
    line('M400 282V648', darken(shell, 0.55), 12),
    line('M400 282V648', zip, 4, 'stroke-dasharray="5 5"'),
    rect(393, 330, 14, 30, 6, zip),
    stitch('M284 420C320 404 350 412 380 424', lighten(shell, 0.4)),
    fill('M450 416l12-22 12 22zM462 416l9-15 9 15z', lighten(shell, 0.75)),
    line('M346 282L334 330M454 282L466 330', lighten(zip, 0.3), 5),
  ].join('')
}

export function dayPack(c, { shell, pocket, webbing }) {
  const main =
    'M280 236C290 168 510 168 520 236C556 330 560 560 536 640C520 668 280 668 264 640C240 560 244 330 280 236Z'
  return [
    tube('M366 178C366 128 434 128 434 178', webbing, 12),
    line('M262 300C206 380 214 560 256 620M538 300C594 380 586 560 544 620', darken(webbing, 0.1), 22),
    fill('M252 470C208 480 204 620 250 640L282 640V470Z', darken(shell, 0.4)),
    fill('M548 470C592 480 596 620 550 640L518 640V470Z', darken(shell, 0.5)),
    c.body(main, shell, line('M244 352L556 352', darken(shell, 0.3), 5)),
    c.body(
      'M300 402C330 390 470 390 500 402C520 470 520 560 508 612C470 630 330 630 292 612C280 560 280 470 300 402Z',
      pocket,
      line('M292 452C350 438 450 438 508 452', darken(pocket, 0.45), 7),
    ),
    c.body(
      'M268 236C282 160 518 160 532 236C548 280 546 322 540 340C480 352 320 352 260 340C254 322 252 280 268 236Z',
      lighten(shell, 0.08),
    ),
    stitch('M274 322C330 334 470 334 526 322', lighten(shell, 0.6)),
    line('M326 336V432M474 336V432', webbing, 16),
    rect(310, 388, 32, 24, 6, '#2a3234'),
    rect(458, 388, 32, 24, 6, '#2a3234'),
    line('M262 540L292 528M538 540L508 528', webbing, 10),
    fill('M368 268l24-44 24 44zM392 268l18-30 18 30z', lighten(shell, 0.8)),
    rect(444, 500, 34, 60, 8, darken(pocket, 0.3)),
    line('M461 510V548', lighten(pocket, 0.5), 4),
    line('M508 452l26 10', '#e2b04a', 7),
    rect(528, 456, 12, 34, 5, '#e2b04a'),
  ].join('')
}

export function poles(c, { shaft, grip, strap }) {
  const one = [
    line('M386 236C350 250 346 330 380 344', strap, 11),
    rect(
      393,
      326,
      14,
      196,
      4,
      c.gradient(
        [
          [0, lighten(shaft, 0.5)],
          [1, darken(shaft, 0.3)],
        ],
        'x1="0" y1="0" x2="1" y2="0"',
      ),
    ),
    rect(
      395.5,
      510,
      9,
      150,
      3,
      c.gradient(
        [
          [0, '#f3f3ee'],
          [1, '#848d90'],
        ],
        'x1="0" y1="0" x2="1" y2="0"',
      ),
    ),
    rect(388, 448, 24, 34, 6, '#263032'),
    rect(406, 453, 14, 24, 4, strap),
    c.round(
      'M384 208C384 192 416 192 416 208L412 250C416 280 414 320 410 348H390C386 320 384 280 388 250Z',
      grip,
    ),
    ellipse(400, 206, 20, 12, darken(grip, 0.45)),
    [262, 282, 302, 322].map((y) => line(`M391 ${y}H409`, darken(grip, 0.4), 4)).join(''),
    line('M396 360V440', lighten(shaft, 0.7), 2),
    ellipse(400, 640, 34, 9, '#2a3335'),
    ellipse(400, 637, 34, 8, '#47545a'),
    fill('M396 648H404L401 690H399Z', '#596468'),
  ].join('')
  return (
    group('translate(400 440) scale(1.16) rotate(21) translate(-400 -452)', one) +
    group('translate(400 440) scale(1.16) rotate(-21) translate(-400 -452)', one)
  )
}

export function beanie(c, { wool, cuff, bobble }) {
  const ribs = Array.from({ length: 17 }, (_, at) => {
    const x = 226 + at * 22
    return line(
      `M${x} 480C${x + (400 - x) * 0.1} 360 ${x + (400 - x) * 0.6} 270 400 230`,
      darken(wool, 0.22),
      3.5,
    )
  }).join('')
  const pattern = Array.from({ length: 9 }, (_, at) =>
    fill(`M${212 + at * 44} 438l22-34 22 34zM${212 + at * 44} 446l22 26 22-26z`, lighten(cuff, 0.55)),
  ).join('')
  const cuffRibs = Array.from({ length: 28 }, (_, at) =>
    line(`M${204 + at * 14.6} 492V590`, darken(cuff, 0.26), 4),
  ).join('')
  const tufts = Array.from({ length: 26 }, (_, at) => {
    const angle = (at / 26) * Math.PI * 2
    const [dx, dy] = [Math.cos(angle), Math.sin(angle)]
    return line(
      `M${400 + dx * 20} ${206 + dy * 20}L${(400 + dx * 66).toFixed(1)} ${(206 + dy * 62).toFixed(1)}`,
      at % 3 ? bobble : lighten(bobble, 0.35),
      13,
    )
  }).join('')
  return [
    tufts,
    ellipse(400, 206, 46, 44, lighten(bobble, 0.12)),
    c.body('M206 500C206 330 290 232 400 232C510 232 594 330 594 500Z', wool, ribs + pattern),
    c.body(
      'M196 492C196 478 206 474 216 474H584C594 474 604 478 604 492V574C604 590 594 596 580 598C460 608 340 608 220 598C206 596 196 590 196 574Z',
      cuff,
      cuffRibs,
    ),
    rect(526, 520, 48, 36, 4, '#e9dcc0'),
    fill('M536 546l12-20 12 20z', darken(cuff, 0.35)),
  ].join('')
}

export function flask(c, { steel, lid, band }) {
  return [
    c.round(
      'M318 292C318 256 346 246 350 226H450C454 246 482 256 482 292V632C482 652 470 660 452 662H348C330 660 318 652 318 632Z',
      steel,
      rect(310, 612, 180, 60, 0, darken(steel, 0.35), 'opacity=".5"') +
        rect(310, 330, 180, 8, 0, band) +
        rect(310, 346, 180, 3, 0, band),
    ),
    fill('M356 500l38-72 26 46 16-24 30 50z', band),
    line('M352 512H470', band, 4),
    line('M346 300V600', '#ffffff', 7, 'opacity=".4"'),
    c.round(
      'M346 158C346 146 454 146 454 158V228H346Z',
      lid,
      Array.from({ length: 12 }, (_, at) => line(`M${350 + at * 9} 172V214`, darken(lid, 0.4), 3)).join(''),
    ),
    tube('M358 156C348 92 452 92 442 156', lid, 16),
    rect(340, 222, 120, 14, 5, '#c9ced0'),
  ].join('')
}
