import type { ChunkName, PageView } from '../observe/observer.ts'

/** Lets a part watch this page view once it is loaded. If it never is, only what it would have watched is not heard. */
export function startChunk(view: PageView, name: ChunkName, event?: Event): void {
  view
    .load(name)
    // A scope that has ended is empty.
    .then(({ observe }) => view.scope[0] && observe(view, event))
    .catch(() => {})
}
