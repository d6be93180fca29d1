/** The style of the live page; its policy names this text by its hash. Every pair of colours has a contrast of 4.5 or more, lines 3 or more. */
export const LIVE_STYLE = `
:root { color-scheme: light dark; --ink: #1d232b; --soft: #59636e; --paper: #f6f7f9; --card: #fff; --line: #d9dee4; --edge: #7b8794; --grid: #e4e8ec; --yes: #1f6fb2; --no: #b8431f; --well: #11703a; --ill: #b3261e; --idle: #8a5a00; --tint: #fdf1ef }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaee; --soft: #9aa5b1; --paper: #12161b; --card: #1b2128; --line: #323b45; --edge: #8a95a1; --grid: #2a323b; --yes: #6cb0ee; --no: #f58d63; --well: #5fd08a; --ill: #ff8a80; --idle: #f0b95a; --tint: #33201f }
}
* { box-sizing: border-box }
[hidden] { display: none !important }
body { margin: 0; padding: 1.5rem 1.5rem 2rem; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 76rem; margin: 0 auto }
h1, h2, h3, p, ul, dl { margin: 0 }
ul { padding: 0; list-style: none }
code { font: .9em ui-monospace, monospace }
.soft, footer { color: var(--soft); font-size: .875rem; font-weight: 400 }
h1 { font-size: 1.75rem; line-height: 1.25 }
h2, h3 { font-size: 1rem; font-weight: 600 }
h2 .soft, h3 .soft { margin-left: .25rem }
h3 { margin-top: 1.25rem }
h1:focus { outline: none }
:focus-visible { outline: 3px solid var(--yes); outline-offset: 2px }
button { min-height: 2.5rem; padding: .35rem 1rem; border: 1px solid var(--edge); border-radius: 6px; background: var(--card); color: var(--ink); font: inherit; cursor: pointer }
button:hover { border-color: var(--ink) }
button.main { border-color: var(--yes); background: var(--yes); color: var(--card) }
header { display: flex; flex-wrap: wrap; align-items: end; justify-content: space-between; gap: .75rem 1.5rem; margin-bottom: 1.25rem }
.tools { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem }
.state { display: flex; align-items: center; gap: .5rem; margin-right: .5rem; font-weight: 600; font-variant-numeric: tabular-nums }
.state::before { content: ""; width: .7rem; height: .7rem; border-radius: 50%; background: var(--idle) }
.state.live { color: var(--well) } .state.live::before { background: var(--well) }
.state.lost { color: var(--ill) } .state.lost::before { border-radius: 2px; background: var(--ill) }
.state.paused { color: var(--idle) }
.notice { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem 1rem; margin: 0 0 1rem; padding: .6rem 1rem; border: 1px solid var(--line); border-left: 4px solid var(--idle); border-radius: 8px; background: var(--card) }
.notice.bad { border-left-color: var(--ill); background: var(--tint) }
#shown.old { filter: grayscale(1) }
.figures { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 1rem; margin-bottom: 1rem }
.figure, .card { padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: 8px; background: var(--card) }
.figure h2 { color: var(--soft); font-size: .875rem }
.value { font-size: 2.125rem; font-weight: 600; line-height: 1.2; font-variant-numeric: tabular-nums }
.figure .soft { min-height: 2.6em; line-height: 1.3 }
.columns { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); align-items: start; margin-top: 1rem }
.columns, .column { gap: 1rem } .column { display: grid; grid-template-columns: minmax(0, 1fr) }
.chart { position: relative; margin-top: .5rem; min-height: 15rem }
.chart svg { display: block; width: 100% }
.chart text { fill: var(--soft); font-size: 12px; font-variant-numeric: tabular-nums }
.chart .grid { stroke: var(--grid); shape-rendering: crispEdges } .chart .base { stroke: var(--edge); shape-rendering: crispEdges }
.chart .accepted { fill: var(--yes) } .chart .rejected { fill: var(--no) }
.chart text.accepted, .chart text.rejected { font-weight: 600 }
.chart .nothing { position: absolute; inset: 0 0 1.75rem; display: grid; place-content: center; padding: 0 1rem; text-align: center }
.nothing strong { display: block }
details { margin-top: .5rem; font-size: .875rem }
summary { width: fit-content; padding: .25rem .25rem .25rem 0; color: var(--soft); cursor: pointer }
table { width: 100%; border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums }
th, td { padding: .3rem .5rem; text-align: left; font-weight: 400 }
th:first-child { padding-left: 0 } td:last-child, th:last-child { padding-right: 0 }
thead th, thead td { color: var(--soft); vertical-align: bottom }
tbody tr { border-top: 1px solid var(--grid) }
.number { text-align: right } td.number { white-space: nowrap }
.bars { margin-top: .5rem; table-layout: fixed }
.bars th:first-child { width: 38%; overflow-wrap: anywhere }
.bars .number { width: 5rem }
.bars svg { display: block; width: 100%; height: .7rem } .bars rect { fill: var(--yes) } #reasons rect, #refused rect { fill: var(--no) }
.empty { margin-top: .5rem; color: var(--soft) } .empty:empty { display: none }
#consent-note { margin-top: .75rem }
.alarms { margin-bottom: 1rem } .alarms li { margin-top: .5rem; padding: .6rem 1rem; border: 1px solid var(--line); border-left: 4px solid var(--ill); border-radius: 8px; background: var(--tint); overflow-wrap: anywhere }
.parts { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .75rem }
.parts li { padding: .2rem .7rem; border: 1px solid var(--line); border-radius: 99px; font-size: .875rem }
.parts b { font-weight: 600; color: var(--well) } .parts .degraded { border-color: var(--ill) } .parts .degraded b { color: var(--ill) }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.door { display: grid; gap: .5rem; max-width: 26rem; margin: 12vh auto 0; padding: 1.5rem; border: 1px solid var(--line); border-radius: 8px; background: var(--card) }
.door label { margin-top: .75rem; font-weight: 600 }
input { min-height: 2.75rem; padding: .35rem .75rem; border: 1px solid var(--edge); border-radius: 6px; background: var(--paper); color: var(--ink); font: 1rem ui-monospace, monospace }
.trouble { color: var(--ill) } .trouble:empty { display: none }
footer { margin-top: 1.25rem }
@media (max-width: 60rem) { .figures { grid-template-columns: repeat(2, minmax(0, 1fr)) } .columns { grid-template-columns: minmax(0, 1fr) } }
@media (max-width: 30rem) { body { padding: 1rem .75rem } .state { flex-basis: 100% } .figures { gap: .5rem; margin-bottom: .5rem } .columns, .column { gap: .5rem } .columns { margin-top: .5rem } .figure, .card { padding: .75rem .85rem } .value { font-size: 1.6rem } .bars .number { width: 4.1rem } .bars th:first-child { width: 40% } h2 .soft { display: block; margin: 0 } .door { margin-top: 2rem } }
`
