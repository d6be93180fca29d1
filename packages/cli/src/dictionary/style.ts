/** The style of the page: readable on a telephone, on paper, in light and dark, without scripts. */
export const DICTIONARY_STYLE = `
:root { color-scheme: light dark; --ink: #1d232b; --soft: #59636e; --paper: #f6f7f9; --card: #fff; --line: #d9dee4; --mark: #eef1f5; --link: #0b57d0 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaee; --soft: #9aa5b1; --paper: #12161b; --card: #1b2128; --line: #323b45; --mark: #252d36; --link: #8ab4f8 }
}
* { box-sizing: border-box }
html { scroll-padding-top: 1rem }
body { margin: 0; padding: 2.5rem 1rem; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; overflow-wrap: anywhere }
main { max-width: 60rem; margin: 0 auto }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2 }
h2 { margin: 2.5rem 0 1rem; font-size: 1.35rem }
h3 { margin: 0; font-size: 1.05rem; font-family: ui-monospace, monospace }
p { margin: .25rem 0 }
.soft { color: var(--soft) }
a { color: var(--link) }
a:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px }
nav ul { display: flex; flex-wrap: wrap; gap: .4rem .5rem; margin: 1.25rem 0 0; padding: 0; list-style: none }
nav a { display: block; padding: .3rem .7rem; border: 1px solid var(--line); border-radius: 99px; background: var(--card); text-decoration: none; font-size: .875rem }
nav a:hover { text-decoration: underline }
article { margin: 0 0 1rem; padding: 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .6rem 0 0; font-size: .9rem }
dt { color: var(--soft) }
dd { margin: 0 }
.wide { margin-top: 1rem; overflow-x: auto }
.wide:first-child { margin-top: 0 }
table { width: 100%; border-collapse: collapse; font-size: .9rem; overflow-wrap: normal }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
th, td { padding: .5rem .9rem .5rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top }
thead th { border-top: 0; color: var(--soft); font-weight: 600 }
tbody th { font-weight: 400; white-space: nowrap }
code, pre { font: .875em/1.5 ui-monospace, monospace }
pre { margin: 1rem 0 0; padding: .8rem 1rem; background: var(--mark); border-radius: 8px; overflow-x: auto; overflow-wrap: normal }
@media (max-width: 36rem) { body { padding: 1.25rem .75rem } article { padding: 1rem } dl { grid-template-columns: 1fr; gap: 0 } dd { margin: 0 0 .4rem } table { font-size: .85rem } tbody th { white-space: normal; overflow-wrap: break-word } th, td { padding-right: .6rem } }
@media print { body { background: none; padding: 0 } nav { display: none } article { break-inside: avoid } }
`
