import type { Cells } from './formula.ts'
import type { Choice } from './list-combinations.ts'
import { consentAxis } from './read-leaf.ts'
import { BUCKET, type Contender, type RouteModel, showsVariant, variantsOf } from './route-model.ts'
import type { Domains } from './solve.ts'

/**
 * Who asks. `known`: `preferences` granted, with an id; `without-id`: granted, but without an id no share includes
 * them; `without-consent`: only functional experiences are heard; `holdout`: baselines everywhere.
 */
export type Asker = 'known' | 'without-id' | 'without-consent' | 'holdout'

/** What is open for an asker: where the axes may lie, and what each placement may show. */
export interface Asking {
  readonly asker: Asker
  readonly domains: Domains
  readonly choices: readonly Choice[]
  /** Those of a placement's contenders who are heard. */
  readonly heard: (contenders: readonly Contender[]) => readonly Contender[]
}

/** Everybody who may ask for a route. */
export function askings(model: RouteModel, hasHoldout: boolean): readonly Asking[] {
  const asked = [ask(model, 'known', everybody), ask(model, 'without-consent', functional)]
  if (model.axes.list.some(({ name }) => name.startsWith(BUCKET)))
    asked.push(ask(model, 'without-id', everybody))
  if (hasHoldout) asked.push(ask(model, 'holdout', () => []))
  return asked
}

const everybody: Asking['heard'] = (contenders) => contenders
const functional: Asking['heard'] = (contenders) =>
  contenders.filter(({ published }) => published.functional === true)

function ask(model: RouteModel, asker: Asker, heard: Asking['heard']): Asking {
  const choices = model.placements.map((placement) => {
    const contenders = heard(placement.contenders)
    const variants = variantsOf(placement, contenders)
    const shows = variants.map((variant) => [variant, showsVariant(placement, contenders, variant)] as const)
    return { placement: placement.key, shows: new Map(shows) }
  })
  const domains = domainsOf(model, asker !== 'without-consent', asker === 'known' || asker === 'holdout')
  return { asker, domains, choices, heard }
}

function domainsOf({ axes }: RouteModel, hasConsent: boolean, hasId: boolean): Domains {
  const preferences = consentAxis('preferences')
  return axes.list.map(({ name, all, unknown, cellOf }): Cells => {
    if (name === preferences) return cellOf(hasConsent)
    if (!name.startsWith(BUCKET)) return all
    return hasId ? all & ~unknown : unknown
  })
}
