/** The machine's own PHP, or the one in WebAssembly. */
export type SitePhp =
  | { readonly kind: 'native'; readonly path: string; readonly name: string }
  | { readonly kind: 'wasm'; readonly name: string }

/** See choose-php.mjs. */
export function choosePhp(): SitePhp
