import { useEffect, useState } from '@wordpress/element'

/** The place of a screen that its address names behind `#/`: its parts, decoded. */
export type Route = readonly string[]

/** The present place; it changes with the address, so that links, the back button and bookmarks work. */
export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash)
  useEffect(() => {
    const follow = (): void => setHash(location.hash)
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [])
  return readRoute(hash)
}

/** The address of a place. */
export function routeTo(...parts: Route): string {
  return `#/${parts.map(encodeURIComponent).join('/')}`
}

/** Goes to a place. */
export function goTo(...parts: Route): void {
  location.hash = routeTo(...parts)
}

/** The parts of `#/segment/vip`; what cannot be decoded names no place. */
export function readRoute(hash: string): Route {
  try {
    return hash
      .replace(/^#\/?/, '')
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent)
  } catch {
    return []
  }
}
