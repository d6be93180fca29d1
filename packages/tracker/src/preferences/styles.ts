import { PALETTE } from '../palette.ts'

/** The look of the preference centre: part of the page, in the colours of the banner. `--attune-heading` is a font; the rest of the font is inherited. */
export const STYLES: string = `${PALETTE}
:host { display: block; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
form {
  max-inline-size: 42rem;
  padding: clamp(1rem, 4vw, 1.75rem);
  border: 1px solid color-mix(in srgb, var(--a-line) 45%, transparent);
  border-radius: var(--a-radius);
  background: var(--a-surface);
  color: var(--a-ink);
  font: inherit;
  line-height: 1.5;
  text-align: start;
}
h2 { margin: 0 0 0.375rem; font-family: var(--attune-heading, inherit); font-size: 1.375rem; line-height: 1.3; font-weight: 650; }
p { margin: 0; text-wrap: pretty; }
.quiet, .about { color: var(--a-quiet); font-size: 0.9375rem; }
.about { display: block; }
.name { font-weight: 600; padding: 0; }
fieldset { min-inline-size: 0; margin: 0; padding: 0; border: 0; }
.questions { margin-block-start: 1.25rem; }
.row { padding-block: 1rem; border-block-start: 1px solid color-mix(in srgb, var(--a-line) 45%, transparent); }
fieldset.row legend { float: inline-start; inline-size: 100%; }
.row > p.about { margin-block-start: 0.5rem; }
fieldset.row legend + * { clear: both; }
.switch { display: grid; grid-template-columns: 1fr auto; gap: 0.125rem 1rem; align-items: center; cursor: pointer; }
.switch .about { grid-column: 1; }
.switch input { grid-column: 2; grid-row: 1 / span 2; inline-size: 1.5rem; block-size: 1.5rem; margin: 0; accent-color: var(--a-button); cursor: pointer; }
label.name { display: block; }
input[type='text'], input[type='number'] {
  inline-size: min(100%, 22rem);
  min-block-size: 2.75rem;
  margin-block-start: 0.5rem;
  padding: 0.5rem 0.75rem;
  border: 1px solid var(--a-line);
  border-radius: calc(var(--a-radius) * 0.66);
  background: var(--a-surface);
  color: inherit;
  font: inherit;
}
.chips { display: flex; flex-wrap: wrap; gap: 0.5rem; padding-block-start: 0.625rem; }
.chip { position: relative; display: inline-flex; cursor: pointer; }
.chip input { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; margin: 0; opacity: 0; cursor: inherit; }
.chip span {
  display: inline-flex;
  align-items: center;
  gap: 0.4em;
  min-block-size: 2.75rem;
  padding: 0.375rem 1rem;
  border: 1px solid var(--a-line);
  border-radius: 999px;
}
.chip input:checked + span { border-color: var(--a-button); background: var(--a-button); color: var(--a-button-ink); }
.chip input:checked + span::before { content: '✓' / ''; font-weight: 700; }
.chip input:focus-visible + span, :is(button, .switch input, input[type='text'], input[type='number']):focus-visible { outline: 3px solid var(--a-ink); outline-offset: 2px; }
.chip:hover span { border-color: var(--a-ink); }
.end { display: flex; flex-wrap: wrap; align-items: center; gap: 0.75rem 1.25rem; padding-block-start: 1rem; border-block-start: 1px solid color-mix(in srgb, var(--a-line) 45%, transparent); }
.status { min-block-size: 1.5em; flex: 1 1 14rem; }
button { font: inherit; min-block-size: 2.75rem; padding: 0.5rem 1.5rem; border-radius: var(--attune-button-radius, calc(var(--a-radius) * 0.66)); cursor: pointer; }
.answer { border: 1px solid var(--a-button); background: var(--a-button); color: var(--a-button-ink); font-weight: 600; }
.answer:hover { background: color-mix(in srgb, var(--a-button) 88%, var(--a-ink)); }
.answer[aria-disabled='true'] { cursor: progress; opacity: 0.75; }
.plain { padding-inline: 0; border: 0; background: none; color: inherit; text-decoration: underline; text-underline-offset: 0.2em; }
.consent { margin-block-start: 1rem; padding: 0.75rem 1rem; border-inline-start: 3px solid var(--a-button); border-radius: 4px; background: color-mix(in srgb, var(--a-button) 9%, var(--a-surface)); }
.questions:disabled .row, .questions:disabled .answer { opacity: 0.55; }
.questions:disabled :is(input, label, button) { cursor: not-allowed; }
@media (max-width: 30rem) { .end { row-gap: 0; } .end .answer { inline-size: 100%; } .end .status { flex-basis: 100%; min-block-size: 0; } .status:not(:empty) { margin-block-start: 0.75rem; } }
@media (forced-colors: active) { .chip input:checked + span { outline: 2px solid Highlight; outline-offset: -4px; } .answer { border-color: ButtonText; } }
`
