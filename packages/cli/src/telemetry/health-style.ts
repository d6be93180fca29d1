/** The style of the health page; its policy names this text by its hash. */
export const HEALTH_STYLE = `
:root { color-scheme: light dark; --ink: #1d232b; --soft: #59636e; --paper: #f6f7f9; --card: #fff; --line: #d9dee4; --well: #11703a; --ill: #b3261e; --ending: #8a5a00 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaee; --soft: #9aa5b1; --paper: #12161b; --card: #1b2128; --line: #323b45; --well: #5fd08a; --ill: #ff8a80; --ending: #f0b95a }
}
* { box-sizing: border-box }
body { margin: 0; padding: 2rem 1rem; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 44rem; margin: 0 auto }
header { margin: 0 0 1.5rem }
h1, h2, p, dl, dd { margin: 0 }
.name, header p, footer { color: var(--soft); font-size: .875rem }
h1 { font-size: 1.75rem; line-height: 1.25 }
section { margin: 0 0 1rem; padding: 1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--well); border-radius: 8px }
section.degraded { border-left-color: var(--ill) }
h2 { display: flex; justify-content: space-between; gap: 1rem; font-size: 1rem; text-transform: capitalize }
h1.ok, .ok h2 span { color: var(--well) }
h1.degraded, .degraded h2 span { color: var(--ill) }
h1.stopping { color: var(--ending) }
.why { margin: .25rem 0 .5rem; overflow-wrap: anywhere }
dl { margin-top: .5rem; font-size: .875rem; font-variant-numeric: tabular-nums }
dl div { display: flex; gap: 1rem; padding: .2rem 0 }
dt { flex: 0 0 9rem; color: var(--soft) }
dd { min-width: 0; overflow-wrap: anywhere }
@media (max-width: 30rem) { body { padding: 1rem .75rem } dt { flex-basis: 7rem } h1 { font-size: 1.4rem } }
`
