import { BROWSER_PLACES } from './browser-places.ts'
import { DOCUMENT_PLACES } from './document-places.ts'
import { FILE_PLACES } from './file-places.ts'
import { REDIS_PLACES } from './redis-places.ts'
import type { StoredPlace } from './stored-place.ts'
import { WORDPRESS_PLACES } from './wordpress-places.ts'

/** Every place where something is kept. */
export const PLACES: readonly StoredPlace[] = [
  ...DOCUMENT_PLACES,
  ...FILE_PLACES,
  ...REDIS_PLACES,
  ...BROWSER_PLACES,
  ...WORDPRESS_PLACES,
]
