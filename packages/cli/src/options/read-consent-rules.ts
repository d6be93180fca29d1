import type { CollectorOptions } from '@attune/collector'
import { isPurpose, PURPOSES, type Purpose } from '@attune/core'
import { type Call, CannotRun, type Command, choiceOption, textOption, textOptions } from '../command.ts'
import { didYouMean } from '../terminal/near-name.ts'

/** The options that say what an owner decides for visitors, and where visitors are. */
export const CONSENT_RULES_OPTIONS: Command['options'] = {
  unasked: {
    type: 'string',
    value: '<purposes>',
    multiple: true,
    help: 'What visitors grant who were not asked: preferences,statistics, or of one region US=preferences, US-CA=none. Repeatable. Default nothing.',
  },
  'do-not-track': {
    type: 'string',
    value: '<word>',
    help: 'What DNT: 1 means: `obey` takes it like Global Privacy Control. Default ignore.',
  },
  'country-header': {
    type: 'string',
    value: '<header>',
    help: 'The request header in which the host in front says the visitor’s country, e.g. CF-IPCountry. Default none.',
  },
  'region-header': {
    type: 'string',
    value: '<header>',
    help: 'The one in which it says the part of that country, e.g. CF-Region-Code. Default none.',
  },
}

/** Header names in which a host in front says where a visitor is. */
export interface PlaceHeaders {
  readonly country: string
  readonly region?: string
}

/** A region of `--unasked`: everywhere, a country, or a part of one. */
const REGION = /^(?:\*|[A-Z]{2}(?:-[A-Z\d]{1,3})?)$/
const HEADER = /^[\w!#$%&'*+.^`|~-]+$/

/**
 * Reads what visitors grant who were not asked and what Do Not Track means. `knowsPlace`: whether a header is named that says where they are.
 * @throws CannotRun when a purpose or a region is none, a region stands twice, or regions are named and nothing says where visitors are.
 */
export function readConsentRules(
  call: Call,
  knowsPlace: boolean,
): Pick<CollectorOptions, 'unasked' | 'doNotTrack'> {
  const doNotTrack = choiceOption(call, 'do-not-track', ['obey', 'ignore'])
  const said = textOptions(call, 'unasked').map(readUnasked)
  const regions = said.map(([region]) => region)
  const twice = regions.find((region, at) => regions.indexOf(region) !== at)
  if (twice !== undefined) {
    const where = twice === '*' ? 'for everywhere' : `for ${twice}`
    throw new CannotRun(
      `--unasked stands twice ${where}. Name all purposes at once, with commas between them.`,
    )
  }
  const named = regions.find((region) => region !== '*')
  if (named !== undefined && !knowsPlace) {
    throw new CannotRun(
      `--unasked names ${named}, and nothing says where visitors are. Name the header that does: --country-header CF-IPCountry.`,
    )
  }
  return {
    ...(said.length === 0 ? {} : { unasked: Object.fromEntries(said) }),
    ...(doNotTrack && { doNotTrack }),
  }
}

/** Reads in which headers a host in front says where a visitor is; `undefined` when none is named. @throws CannotRun when one is no header. */
export function readPlaceHeaders(call: Call): PlaceHeaders | undefined {
  const country = readHeader(call, 'country-header', 'CF-IPCountry')
  const region = readHeader(call, 'region-header', 'CF-Region-Code')
  if (country !== undefined) return { country, ...(region && { region }) }
  if (region === undefined) return undefined
  throw new CannotRun('--region-header is for --country-header: a part needs its country. Name both.')
}

function readUnasked(text: string): readonly [region: string, purposes: readonly Purpose[]] {
  const at = text.indexOf('=')
  const region = at < 0 ? '*' : text.slice(0, at)
  if (!REGION.test(region)) {
    throw new CannotRun(
      `--unasked names the region ${JSON.stringify(region)}. Write a country, US, a part of one, US-CA, or * for everywhere else.`,
    )
  }
  const purposes = text.slice(at + 1).split(',')
  if (purposes.length === 1 && purposes[0] === 'none') return [region, []]
  const wrong = purposes.find((purpose) => !isPurpose(purpose))
  if (wrong !== undefined) {
    throw new CannotRun(
      `--unasked names ${JSON.stringify(wrong)}.${didYouMean(wrong, PURPOSES)} Purposes are ${PURPOSES.join(', ')}, or none alone.`,
    )
  }
  return [region, purposes.filter(isPurpose)]
}

function readHeader(call: Call, name: string, example: string): string | undefined {
  const header = textOption(call, name)
  if (header === undefined || HEADER.test(header)) return header
  throw new CannotRun(`--${name} is ${JSON.stringify(header)}. Name a request header, such as ${example}.`)
}
