/** How the page looks: by the visitor's own settings of light and dark, type size and contrast. */
export const PAGE_STYLE: string = `
:root { color-scheme: light dark; --paper: #f6f6f3; --card: #fff; --ink: #1a1d1f; --muted: #555c61; --line: #d5d8d6; --act: #1d4f8c; --on-act: #fff; --warn: #a3271b; --on-warn: #fff }
@media (prefers-color-scheme: dark) { :root { --paper: #131618; --card: #1c2023; --ink: #eceeec; --muted: #a9b1b5; --line: #363c40; --act: #9cc4f5; --on-act: #10202f; --warn: #ffb3a7; --on-warn: #3a0d07 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif }
main { max-width: 42rem; margin: 0 auto; padding: clamp(1.25rem, 5vw, 4rem) 1.25rem 4rem }
h1 { margin: 1.5rem 0 1rem; font-size: clamp(1.9rem, 6vw, 2.6rem); line-height: 1.15; letter-spacing: -.02em }
h2 { margin: 0 0 .75rem; font-size: 1.2rem; line-height: 1.3 }
p { margin: 0 0 1rem; text-wrap: pretty }
p:last-child { margin-bottom: 0 }
a { color: var(--act) }
.lead { color: var(--muted); margin-bottom: 2rem }
section { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; margin: 0 0 1rem }
dl { display: grid; grid-template-columns: fit-content(45%) 1fr; gap: .35rem 1.5rem; margin: 0 }
dt { color: var(--muted) }
dd { margin: 0; overflow-wrap: anywhere }
ul { margin: 0; padding-left: 1.2rem }
table { width: 100%; border-collapse: collapse }
th, td { padding: .5rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400 }
thead th { border-top: 0; padding-top: 0; color: var(--muted); font-size: .875rem }
tbody th { white-space: nowrap; padding-right: 1.5rem; font-variant-numeric: tabular-nums }
tbody tr:last-child > * { padding-bottom: 0 }
td span { display: inline-block; margin-right: .9rem }
td b { font-weight: 600; font-variant-numeric: tabular-nums }
button { font: inherit; font-weight: 600; padding: .65rem 1.25rem; min-height: 2.75rem; border: 1px solid transparent; border-radius: .5rem; background: var(--act); color: var(--on-act); cursor: pointer }
.warn button { background: var(--warn); color: var(--on-warn) }
label { display: flex; gap: .6rem; align-items: start; margin: 0 0 1rem }
input { width: 1.25rem; height: 1.25rem; margin: .2rem 0 0; flex: none; accent-color: var(--warn) }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px }
dl + table { margin-top: 1.25rem }
@media (max-width: 30rem) { button { width: 100% } td span { display: block; margin: 0; padding-left: 1.2em; text-indent: -1.2em } }
@media (forced-colors: active) { button { border-color: ButtonText } }
@media print { form { display: none } section { break-inside: avoid } }
`
