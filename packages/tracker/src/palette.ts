// The names inside are our own: a page that says `--attune-ink: var(--ink)` would otherwise refer to itself.

/**
 * The colours of our elements, light and dark. A page sets `--attune-surface`, `--attune-ink`, `--attune-quiet`, `--attune-button`, `--attune-button-ink`,
 * `--attune-line` and `--attune-radius` on the element.
 */
export const PALETTE = `
:host {
  --a-surface: var(--attune-surface, #ffffff);
  --a-ink: var(--attune-ink, #1b1f23);
  --a-quiet: var(--attune-quiet, #4d555e);
  --a-button: var(--attune-button, #1f3d5c);
  --a-button-ink: var(--attune-button-ink, #ffffff);
  --a-line: var(--attune-line, #767f88);
  --a-radius: var(--attune-radius, 12px);
  color-scheme: light;
}
@media (prefers-color-scheme: dark) {
  :host(:not([theme='light'])) {
    --a-surface: var(--attune-surface, #1c2126);
    --a-ink: var(--attune-ink, #eef1f4);
    --a-quiet: var(--attune-quiet, #b9c2cb);
    --a-button: var(--attune-button, #b9d4ef);
    --a-button-ink: var(--attune-button-ink, #10202f);
    --a-line: var(--attune-line, #7f8993);
    color-scheme: dark;
  }
}
:host([theme='dark']) {
  --a-surface: var(--attune-surface, #1c2126);
  --a-ink: var(--attune-ink, #eef1f4);
  --a-quiet: var(--attune-quiet, #b9c2cb);
  --a-button: var(--attune-button, #b9d4ef);
  --a-button-ink: var(--attune-button-ink, #10202f);
  --a-line: var(--attune-line, #7f8993);
  color-scheme: dark;
}
`
