import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { drawBar, renderBarChart } from '../src/terminal/bar-chart.ts'
import {
  countOf,
  formatAmount,
  formatBytes,
  formatCount,
  formatDuration,
  formatInstant,
  formatShare,
} from '../src/terminal/format.ts'
import { didYouMean } from '../src/terminal/near-name.ts'
import { createProgress } from '../src/terminal/progress.ts'
import { lengthOf, printable, styleFor, widthOf } from '../src/terminal/style.ts'
import { renderTable } from '../src/terminal/table.ts'
import { makeIo } from './support/make-io.ts'

test('a table aligns its columns, numbers to the right, and leaves no space at the line’s end', () => {
  const table = renderTable(
    [
      { title: 'reason', align: 'left' },
      { title: 'events', align: 'right' },
    ],
    [['bot', '1,234'], ['too-late', '5'], ['x']],
  )
  expect(table).toBe('  reason    events\n  ────────  ──────\n  bot        1,234\n  too-late       5\n  x\n')
})

test('colours take no room in a table', () => {
  const [, , plain] = renderTable(
    [
      { title: 'aaaa', align: 'left' },
      { title: 'b', align: 'left' },
    ],
    [['x', 'y']],
  ).split('\n')
  const [, , painted] = renderTable(
    [
      { title: 'aaaa', align: 'left' },
      { title: 'b', align: 'left' },
    ],
    [['\u001b[31mx\u001b[39m', 'y']],
  ).split('\n')
  expect(lengthOf(painted!)).toBe(lengthOf(plain!))
})

test.each([
  [0, ''],
  [0.0001, '▏'],
  [0.05, '▍'],
  [0.5, '████'],
  [0.55, '████▍'],
  [1, '████████'],
  [7, '████████'],
])('a share of %d of 8 characters is drawn "%s"', (share, bar) => {
  expect(drawBar(share, 8)).toBe(bar)
})

test('bars begin at one edge, notes end at another, and no line is wider than the terminal', () => {
  const chart = renderBarChart(
    [
      { label: 'many-pages', share: 1, note: '100.0 %' },
      { label: 'one', share: 0.5, note: '50.0 %' },
      { label: `a label far longer than any ${'x'.repeat(30)}`, share: 0, note: '0.0 %' },
    ],
    60,
  )
  const lines = chart.split('\n').slice(0, -1)
  expect(lines.map(lengthOf)).toEqual([60, 60, 60])
  expect(lines.slice(0, 2).map((line) => line.indexOf('█'))).toEqual([32, 32])
  expect(lines[2]).toContain('…')
})

test('a chart without bars is empty', () => {
  expect(renderBarChart([], 80)).toBe('')
})

test('the width is the terminal’s within 40 to 120, and 80 where there is none', () => {
  expect(
    [undefined, 0, 20, 100, 500].map((columns) =>
      widthOf(makeIo(columns === undefined ? {} : { columns }).io.stdout),
    ),
  ).toEqual([80, 80, 40, 100, 120])
})

test.each([
  [{ isTTY: true }, true],
  [{ isTTY: false }, false],
  [{ isTTY: true, env: { NO_COLOR: '1' } }, false],
  [{ isTTY: true, env: { NO_COLOR: '' } }, true],
  [{ isTTY: true, env: { TERM: 'dumb' } }, false],
])('%j is painted: %s', (around, isPainted) => {
  const { io } = makeIo(around)
  expect(styleFor(io.stdout, io.env).red('x')).toBe(isPainted ? '\u001b[31mx\u001b[39m' : 'x')
})

test('text from files is harmless to a terminal', () => {
  expect(printable('a\u001b[2Jb\n\u009b\u202e\u{e0041}é…日')).toBe(
    'a\\u001b[2Jb\\u000a\\u009b\\u202e\\u{e0041}é…日',
  )
})

test('numbers, shares, bytes, durations and instants are written for people', () => {
  expect([formatCount(541909), formatAmount(8911407.904)]).toEqual(['541,909', '8,911,407.90'])
  expect([formatShare(3009, 10000), formatShare(0, 0)]).toEqual(['30.1 %', '–'])
  expect([999, 225894, 7560923].map(formatBytes)).toEqual(['999 B', '225.9 kB', '7.6 MB'])
  expect([850, 4200, 185_000].map(formatDuration)).toEqual(['850 ms', '4.2 s', '3 min 5 s'])
  expect(formatInstant(Date.UTC(2015, 4, 20, 21, 5, 15) + 999)).toBe('2015-05-20T21:05:15Z')
  expect([0, 1, 2000].map((count) => countOf(count, 'error'))).toEqual([
    '0 errors',
    '1 error',
    '2,000 errors',
  ])
})

test.each([
  ['chek', ' Did you mean check?'],
  ['evalute', ' Did you mean evaluate?'],
  ['deploy', ''],
  ['', ''],
  ['x'.repeat(10_000), ''],
])('the name nearest to %s', (name, hint) => {
  expect(didYouMean(name, ['check', 'evaluate', 'serve'])).toBe(hint)
})

test('on a terminal progress is one line that is drawn over and taken away', () => {
  const { io, err } = makeIo({ isTTY: true, columns: 100, tick: 60 })
  const progress = createProgress(io, 1000, 'events')
  for (let bytes = 0; bytes <= 1000; bytes += 250) progress.update(bytes, bytes * 2)
  progress.end()
  const drawn = err().split('\r').slice(1)
  expect(drawn.length).toBeLessThan(6)
  expect(drawn.at(-1)).toBe('\u001b[K')
  const bar = /^▕█+.* +▏ {2}\d+ % {2}\d+ B of 1\.0 kB {2}[\d,]+ events {2}[\d,]+\/s$/
  expect(stripVTControlCharacters(drawn[1]!)).toMatch(bar)
  for (const line of drawn) expect(lengthOf(line)).toBeLessThan(100)
  expect(err()).not.toContain('\n')
})

test('elsewhere progress is a line every five seconds', () => {
  const { io, err } = makeIo({ tick: 1000 })
  const progress = createProgress(io, 1000, 'events')
  for (let at = 1; at <= 12; at++) progress.update(at * 10, at)
  progress.end()
  expect(err()).toBe(
    '  5 %  50 B of 1.0 kB  5 events  1/s  5.0 s\n 10 %  100 B of 1.0 kB  10 events  1/s  10.0 s\n',
  )
})
