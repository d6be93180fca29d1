/** The overlay's own style; it lives in a shadow root. */
export const STYLES = `
:host { all: initial; }
* { box-sizing: border-box; }
.overlay {
  --back: #fff; --front: #1b2430; --soft: #5b6675; --line: #d8dde4; --tint: #f3f5f8; --key: #0b5cad;
  --yes: #0a7040; --no: #a8321f; --maybe: #7a5600;
  position: fixed; right: 16px; bottom: 16px; z-index: 2147483000; color: var(--front);
  font: 14px/1.45 system-ui, sans-serif; color-scheme: light dark; display: grid; justify-items: end; gap: 8px;
}
@media (prefers-color-scheme: dark) {
  .overlay {
    --back: #14191f; --front: #e8edf3; --soft: #a3afbd; --line: #333d49; --tint: #1e252d; --key: #7db8f5;
    --yes: #5fd39a; --no: #ff9c8a; --maybe: #e6bd5c;
  }
}
button, select, input { font: inherit; color: inherit; background: var(--back); border: 1px solid var(--line); border-radius: 6px; padding: 4px 8px; }
button { cursor: pointer; }
button:hover { background: var(--tint); }
:focus-visible { outline: 2px solid var(--key); outline-offset: 2px; }
.toggle { padding: 8px 14px; border-radius: 999px; font-weight: 600; box-shadow: 0 2px 10px #0003; min-height: 40px; }
.badge { margin-left: 8px; color: var(--key); font-weight: 400; }
.panel {
  width: min(440px, calc(100vw - 32px)); max-height: min(70vh, 720px); overflow: auto; padding: 16px;
  background: var(--back); border: 1px solid var(--line); border-radius: 12px; box-shadow: 0 8px 40px #0004;
}
.panel:focus { outline: none; }
h2, h3, h4, p, ul { margin: 0; }
h2 { font-size: 16px; }
h3 { font-size: 15px; margin: 16px 0 8px; }
h4 { font-size: 14px; margin-top: 8px; }
p + p { margin-top: 4px; }
header { margin-bottom: 12px; }
code { font: 12.5px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.note { padding: 6px 8px; background: var(--tint); border-radius: 6px; }
.card { border-top: 1px solid var(--line); padding: 8px 0; }
.card[open] { padding-bottom: 12px; }
summary { cursor: pointer; }
summary .reason { display: block; padding-left: 17px; }
.placement { color: var(--soft); }
.reason, .until, .seen { color: var(--soft); font-weight: 400; }
.experience { padding-left: 12px; }
.trace { list-style: none; padding-left: 14px; }
.experience > .trace { padding-left: 0; }
.truth { font-weight: 700; }
.true { color: var(--yes); }
.false { color: var(--no); }
.unknown { color: var(--maybe); }
.preview { border-top: 1px solid var(--line); }
fieldset { border: 0; margin: 0 0 8px; padding: 0; }
legend { color: var(--soft); padding: 0; margin-bottom: 4px; }
.segment { display: flex; justify-content: space-between; align-items: center; gap: 8px; margin-bottom: 4px; }
.check { display: block; margin-bottom: 4px; }
fieldset button { margin: 4px 0 0 4px; }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; }
.primary { background: var(--key); color: var(--back); border-color: var(--key); font-weight: 600; }
.primary:hover { background: var(--key); filter: brightness(1.1); }
small { display: block; padding-left: 14px; color: var(--soft); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media (prefers-reduced-motion: no-preference) { .panel { animation: rise 120ms ease-out; } @keyframes rise { from { opacity: 0; } } }
@media print { .overlay { display: none; } }
`
