import { revalidatePath } from 'next/cache'

/**
 * Renders a route's pages anew when they are next asked for, all variants of them: `revalidateVariants('/product/[slug]')`.
 * Next's own `revalidatePath` does not know that the pages lie behind a rewrite. For Server Functions and Route Handlers.
 */
export function revalidateVariants(route: string): void {
  revalidatePath(`/attune/[code]${route === '/' ? '' : route}`, 'page')
}
