import { PALETTE } from '../../palette.ts'

/**
 * The look of the banner and the choices. A page sets `--attune-surface`, `--attune-ink`, `--attune-quiet`, `--attune-button`,
 * `--attune-button-ink`, `--attune-line`, `--attune-radius`, `--attune-button-radius` and `--attune-heading` (a font) on the element; the rest of the font is inherited.
 */
export const STYLES: string = `${PALETTE}* { box-sizing: border-box; }
[hidden] { display: none !important; }
.banner, dialog {
  background: var(--a-surface);
  color: var(--a-ink);
  border: 1px solid color-mix(in srgb, var(--a-line) 45%, transparent);
  border-radius: var(--a-radius);
  box-shadow: 0 12px 40px rgb(0 0 0 / 0.24);
  font: inherit;
  font-size: 1rem;
  line-height: 1.5;
  text-align: start;
}
.banner {
  position: fixed;
  z-index: 2147483000;
  inset-inline: 1rem;
  inset-block-end: max(1rem, env(safe-area-inset-bottom));
  max-inline-size: 40rem;
  max-block-size: calc(100dvh - 2rem);
  margin-inline: auto;
  padding: 1.25rem 1.5rem 0.75rem;
  overflow: auto;
  overscroll-behavior: contain;
}
/* One question at a time: behind the choices the banner would be a second pair of answers. */
.banner:has(+ dialog[open]) { visibility: hidden; }
h2 { margin: 0 0 0.375rem; font-family: var(--attune-heading, inherit); font-size: 1.25rem; line-height: 1.3; font-weight: 650; }
p { margin: 0; text-wrap: pretty; }
.quiet { color: var(--a-quiet); font-size: 0.9375rem; }
.objection {
  margin-block: 0.75rem 0;
  padding: 0.625rem 0.875rem;
  border-inline-start: 3px solid var(--a-button);
  background: color-mix(in srgb, var(--a-button) 9%, var(--a-surface));
  border-radius: 4px;
  font-size: 0.9375rem;
}
a { color: inherit; text-underline-offset: 0.2em; }
.answers { display: grid; grid-template-columns: 1fr 1fr; gap: 0.75rem; margin-block-start: 1.125rem; }
.more { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.25rem 1.5rem; margin-block-start: 0.625rem; }
button {
  font: inherit;
  min-block-size: 2.75rem;
  padding: 0.5rem 1rem;
  border-radius: var(--attune-button-radius, calc(var(--a-radius) * 0.66));
  cursor: pointer;
}
.answer {
  border: 1px solid var(--a-button);
  background: var(--a-button);
  color: var(--a-button-ink);
  font-weight: 600;
}
.answer:hover { background: color-mix(in srgb, var(--a-button) 88%, var(--a-ink)); }
.plain {
  border: 1px solid transparent;
  background: none;
  color: inherit;
  padding-inline: 0.25rem;
  margin-inline-start: calc(-0.25rem - 1px);
  text-decoration: underline;
  text-underline-offset: 0.2em;
}
.plain:hover { text-decoration-thickness: 2px; }
.close { position: absolute; inset-block-start: 0.75rem; inset-inline-end: 0.75rem; inline-size: 2.75rem; padding: 0; border: 1px solid transparent; background: none; color: inherit; font-size: 1.5rem; line-height: 1; }
.close:hover { background: color-mix(in srgb, var(--a-ink) 8%, transparent); }
:is(button, a, input):focus-visible { outline: 3px solid var(--a-ink); outline-offset: 2px; }
dialog {
  position: fixed;
  inline-size: min(36rem, calc(100vw - 2rem));
  max-inline-size: none;
  max-block-size: calc(100dvh - 2rem);
  margin: auto;
  padding: 1.5rem;
  overflow: auto;
  overscroll-behavior: contain;
}
dialog::backdrop { background: rgb(0 0 0 / 0.5); }
dialog h2 { padding-inline-end: 2.5rem; }
ul { list-style: none; margin: 1rem 0 0; padding: 0; }
li { border-block-start: 1px solid color-mix(in srgb, var(--a-line) 45%, transparent); }
.data { padding-block-start: 0.75rem; border-block-start: 1px solid color-mix(in srgb, var(--a-line) 45%, transparent); }
label { display: grid; grid-template-columns: 1fr auto; gap: 0.125rem 1rem; padding-block: 0.75rem; align-items: center; cursor: pointer; }
.name { font-weight: 600; }
.about { grid-column: 1; color: var(--a-quiet); font-size: 0.9375rem; }
input { grid-column: 2; grid-row: 1 / span 2; inline-size: 1.5rem; block-size: 1.5rem; margin: 0; accent-color: var(--a-button); cursor: pointer; }
input:disabled, label:has(input:disabled) { cursor: default; }
.save { grid-column: 1 / -1; }
.status { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 30rem) {
  .banner { inset-inline: 0.5rem; inset-block-end: max(0.5rem, env(safe-area-inset-bottom)); max-block-size: calc(100dvh - 1rem); padding: 1rem 1rem 0.5rem; }
  dialog { inline-size: calc(100vw - 1rem); max-block-size: calc(100dvh - 1rem); padding: 1.25rem 1rem 1rem; }
}
@media (max-width: 21rem) { .answers { grid-template-columns: 1fr; } }
@media (prefers-reduced-motion: no-preference) {
  .banner { animation: rise 180ms ease-out; }
  @keyframes rise { from { opacity: 0; transform: translateY(0.75rem); } }
}
@media (forced-colors: active) {
  .answer, .close { border-color: ButtonText; }
}
@media print { :host { display: none; } }
`
