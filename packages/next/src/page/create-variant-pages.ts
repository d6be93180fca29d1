import { baselineVariants, createSealKeys, encodeCode, own, type SealKeys } from '@attune/core'
import { type RulesetInput, toRuleset } from '@attune/edge'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { type SecretInput, toSecret } from '../secret-input.ts'
import { type PageDecisions, readDecisions } from './read-decisions.ts'
import type { PathParams, VariantPage, VariantPageProps } from './variant-page.ts'

/** The same ruleset, secret and site as the proxy's. */
export interface VariantPagesOptions {
  readonly ruleset: RulesetInput
  readonly secret: SecretInput
  /** Default `site`. */
  readonly site?: string
}

/** Makes the pages below `app/attune/[code]`. */
export interface VariantPages {
  /**
   * Makes the page of a route of the ruleset, such as `/product/[slug]`. It is rendered once for each code; another code
   * than one of ours for this route is a 404.
   * @throws when the ruleset has no such route.
   */
  variantPage<Params extends PathParams>(
    route: string,
    render: (props: VariantPageProps<Params>) => ReactNode | Promise<ReactNode>,
  ): VariantPage
  /**
   * Makes a page's `generateStaticParams`: the baseline of each path that `paths` lists (a route without parts of its own
   * needs none) is rendered by the build, every other page when it is first asked for. Without a secret at build time
   * nothing is rendered ahead.
   */
  staticParams(route: string, paths?: () => Paths | Promise<Paths>): () => Promise<PathParams[]>
  /** What a code says for a route; `undefined` when it is not ours. For `generateMetadata` and the like. */
  readDecisions(route: string, code: string): PageDecisions | undefined
}

type Paths = readonly PathParams[]

/** Creates the helpers for variant pages. */
export function createVariantPages({
  ruleset: input,
  secret,
  site = 'site',
}: VariantPagesOptions): VariantPages {
  const ruleset = toRuleset(input)
  let made: SealKeys | undefined
  // Made when first needed: a build without the secret renders nothing ahead and is fine.
  const keys = (): SealKeys => {
    made ??= createSealKeys(toSecret(secret, 'createVariantPages'))
    return made
  }

  const read = (route: string, code: string): PageDecisions | undefined =>
    readDecisions(keys(), site, ruleset, route, code)

  const requireRoute = (route: string, helper: string): void => {
    if (own(ruleset.routes ?? {}, route) !== undefined) return
    const routes = Object.keys(ruleset.routes ?? {}).join(', ') || 'none yet'
    throw new Error(
      `[next] ${helper}: the ruleset has no route \`${route}\`. Add it to its \`routes\` (there are: ${routes}).`,
    )
  }

  return {
    variantPage<Params extends PathParams>(
      route: string,
      render: (props: VariantPageProps<Params>) => ReactNode | Promise<ReactNode>,
    ): VariantPage {
      requireRoute(route, 'variantPage')
      return async ({ params }) => {
        const { code, ...rest } = await params
        const decisions = read(route, code)
        if (decisions === undefined) notFound()
        // Next fills in exactly the parts that the page's folders name.
        return render({ decisions, params: rest as unknown as Params })
      }
    },
    staticParams(route, paths = () => [{}]) {
      requireRoute(route, 'staticParams')
      return async () => {
        if (secret === undefined || secret.length === 0) return []
        const code = encodeCode(keys(), site, ruleset, route, baselineVariants(ruleset, route))
        return (await paths()).map((params) => ({ ...params, code }))
      }
    },
    readDecisions: read,
  }
}
