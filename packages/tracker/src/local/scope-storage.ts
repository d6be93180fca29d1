import { overlay } from './overlay.ts'

/** A page whose names in storage end with `scope`: sites of one origin see each other's. */
export function scopeStorage(window: Window & typeof globalThis, scope: string): Window & typeof globalThis {
  if (scope === '') return window
  return overlay(window, {
    // Asked for when used: where storage is off, the asking throws.
    get localStorage() {
      return scoped(window.localStorage, scope)
    },
    get sessionStorage() {
      return scoped(window.sessionStorage, scope)
    },
  })
}

function scoped(storage: Storage, scope: string): Storage {
  return overlay(storage, {
    getItem: (name: string) => storage.getItem(name + scope),
    setItem: (name: string, value: string) => storage.setItem(name + scope, value),
    removeItem: (name: string) => storage.removeItem(name + scope),
  })
}
