import { safely } from '../../safely.ts'
import { createGrant, type FollowOptions, type Granted, pageOf } from '../granted.ts'
import type { Purpose } from '../purpose.ts'
import { whenThere } from './when-there.ts'

/** How to read an IAB GPP consent tool. */
export interface GppOptions extends FollowOptions {
  /**
   * What you grant visitors who were not asked, where the law lets you: an opt-out of one purpose leaves the others of these. The same
   * as the collector's. Default nothing.
   */
  readonly unasked?: readonly Purpose[]
}

/** What a consent tool tells, as far as it is looked at. Source: IAB GPP, CMP API v1.1. */
export interface GppPing {
  readonly signalStatus?: string
  readonly parsedSections?: { readonly [section: string]: unknown }
}

interface GppEvent {
  readonly pingData?: GppPing
}
type GppApi = (command: string, hear: (event: GppEvent | null, success: boolean) => void) => void

// 1: the visitor opted out. Source: IAB, US national and state privacy sections.
const OPTED_OUT = ['SaleOptOut', 'SharingOptOut', 'TargetedAdvertisingOptOut']
// `usnat`, `usca`, `usva` …; the European section has a consent tool of its own, which `followTcf` reads.
const UNITED_STATES = /^us[a-z]+/

/**
 * Follows an IAB GPP consent tool (`__gpp`): an opt-out of sale, sharing or targeted advertising in any section of the United States
 * takes `marketing` away. Not having opted out is no yes. A tool that is missing says nothing.
 */
export function followGpp(options: GppOptions = {}): void {
  const window = pageOf(options)
  if (window === undefined) return
  const grant = createGrant(window, options.unasked)
  const hear = (event: GppEvent | null, success: boolean): void => {
    safely(() => {
      const ping = event?.pingData
      if (success && ping?.signalStatus === 'ready' && isOptedOut(ping)) grant(OPT_OUT)
    })
  }
  whenThere(window, '__gpp', (api) => {
    // Only its own page could have put it there, and what it answers is looked at with care.
    if (api) safely(() => (api as GppApi)('addEventListener', hear))
  })
}

const OPT_OUT: Granted = { marketing: false }

/** Tells whether the visitor opted out of sale, sharing or targeted advertising, or their browser did. */
export function isOptedOut({ parsedSections = {} }: GppPing): boolean {
  return Object.entries(parsedSections).some(
    ([name, section]) => UNITED_STATES.test(name) && partsOf(section).some(saysNo),
  )
}

// A section is its parts in a list (core, then GPC), or all in one, by the age of the tool.
function partsOf(section: unknown): readonly unknown[] {
  return Array.isArray(section) ? section : [section]
}

function saysNo(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return false
  const fields = part as Readonly<Record<string, unknown>>
  return fields.Gpc === true || OPTED_OUT.some((name) => fields[name] === 1)
}
