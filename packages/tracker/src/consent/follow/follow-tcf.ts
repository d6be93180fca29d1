import { safely } from '../../safely.ts'
import { createGrant, type FollowOptions, type Granted, pageOf } from '../granted.ts'
import type { Purpose } from '../purpose.ts'
import { decodeTcString } from '../tcf/decode-tc-string.ts'
import { whenThere } from './when-there.ts'

/** How to read an IAB TCF consent tool. */
export interface TcfOptions extends FollowOptions {
  /** Your number in the Global Vendor List, if you are on it: it then has to be disclosed and consented to as well. */
  readonly vendor?: number
  /** Reads what the visitor told the publisher, not what they told vendors: for sites that declare their own purposes. Default false. */
  readonly publisher?: boolean
}

/** What a consent tool tells of one visitor, as far as it is looked at. Source: IAB TCF, CMP API v2.3, TCData. */
export interface TcData {
  readonly gdprApplies?: boolean
  readonly eventStatus?: string
  readonly tcString?: string
  readonly purpose?: { readonly consents?: States }
  readonly publisher?: { readonly consents?: States }
  readonly vendor?: { readonly consents?: States; readonly disclosedVendors?: States }
}

type States = { readonly [id: string]: boolean }
type TcfApi = (
  command: string,
  version: number,
  hear: (data: TcData | null, success: boolean) => void,
) => void

// All of them are needed. Source: IAB TCF policies v5, appendix A: 1 storage, 2–4 and 7 advertising, 5 and 6 personalised content,
// 8 measuring content, 9 understanding audiences.
const NEEDED: readonly (readonly [Purpose, readonly number[]])[] = [
  ['preferences', [1, 5, 6]],
  ['statistics', [1, 8, 9]],
  ['statistics-anonymous', [8]],
  ['marketing', [1, 2, 3, 4, 7]],
]
// The other state is `cmpuishown`: the visitor is being asked.
const ANSWERED = /^(?:tcloaded|useractioncomplete)$/

/** Follows an IAB TCF consent tool (`__tcfapi`). It is listened to, never asked again and again; one that is missing after 2 s is a no. */
export function followTcf(options: TcfOptions = {}): void {
  const window = pageOf(options)
  if (window === undefined) return
  const grant = createGrant(window)
  const hear = (data: TcData | null, success: boolean): void => {
    safely(() => {
      if (!success || !data || data.gdprApplies === false) return grant(undefined)
      // While the tool is open the earlier answer goes on to hold.
      if (ANSWERED.test(data.eventStatus ?? '')) grant(grantedByTcf(data, options))
    })
  }
  whenThere(window, '__tcfapi', (api) => {
    if (!api) return grant(undefined)
    // Only its own page could have put it there, and what it answers is looked at with care.
    safely(() => (api as TcfApi)('addEventListener', 2, hear))
  })
}

/** What a TCF answer grants. What is missing or of another shape is not granted. */
export function grantedByTcf(data: TcData, options: Pick<TcfOptions, 'vendor' | 'publisher'> = {}): Granted {
  const { publisher, vendor } = options
  const consents = (publisher ? data.publisher?.consents : data.purpose?.consents) ?? {}
  const isOurs = vendor === undefined || isVendorAllowed(data, vendor)
  return Object.fromEntries(
    NEEDED.map(([purpose, ids]) => [purpose, isOurs && ids.every((id) => consents[id] === true)]),
  )
}

// Since TCF 2.3 a vendor that the visitor was not shown is none they could have agreed to.
function isVendorAllowed({ vendor: told = {}, tcString }: TcData, vendor: number): boolean {
  const { consents = {}, disclosedVendors } = told
  if (consents[vendor] !== true) return false
  if (disclosedVendors !== undefined) return disclosedVendors[vendor] === true
  return decodeTcString(tcString ?? '')?.vendorsDisclosed.includes(vendor) === true
}
