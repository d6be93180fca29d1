import { quote } from '../result/findings.ts'
import { foldCase } from './prepared-test.ts'

/** What hosts give for the paths whose values are few. */
export const GIVEN_VALUES: { readonly [path: string]: readonly string[] } = {
  'device.type': ['mobile', 'tablet', 'desktop'],
  'device.os': ['ios', 'android', 'windows', 'chromeos', 'macos', 'linux'],
  'device.browser': ['edge', 'opera', 'samsung', 'firefox', 'chrome', 'safari'],
}

// ISO 3166-1 alpha-2, and XK (Kosovo), EU and AP, which some hosts give beside them.
const COUNTRIES: ReadonlySet<string> = new Set(
  `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
  CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
  GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
  KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT
  MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
  SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG
  UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK EU AP`.split(/\s+/),
)
// What people write who mean another code.
const MEANT: ReadonlyMap<string, string> = new Map([
  ['UK', 'GB'],
  ['EL', 'GR'],
  ['USA', 'US'],
])
// The first part of a tag is a code of two or three letters.
const LANGUAGE = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}$/

/** Says why no request ever has a value, and the cure; `undefined` where it may have it. */
export function unlikelyReason(path: string, value: string, ignoresCase: boolean): string | undefined {
  if (path === 'geo.country') return countryReason(value, ignoresCase)
  if (path === 'language') {
    if (LANGUAGE.test(value)) return undefined
    const tag = value.replaceAll('_', '-')
    return `${quote(value)} is no language tag. Write ${LANGUAGE.test(tag) ? quote(tag) : 'for example "en-GB"'}.`
  }
  const given = Object.hasOwn(GIVEN_VALUES, path) ? GIVEN_VALUES[path]! : undefined
  if (given === undefined || given.includes(ignoresCase ? foldCase(value) : value)) return undefined
  const near = given.find((one) => one === foldCase(value).replaceAll(' ', ''))
  const cure = near === undefined ? `Use one of ${given.join(', ')}` : `Write ${quote(near)}`
  return `The ${path} is never ${quote(value)}. ${cure}.`
}

function countryReason(code: string, ignoresCase: boolean): string | undefined {
  const upper = code.toUpperCase()
  if (COUNTRIES.has(ignoresCase ? upper : code)) return undefined
  const meant = MEANT.get(upper) ?? (COUNTRIES.has(upper) ? upper : undefined)
  const cure =
    meant === undefined ? 'Use two capital letters of ISO 3166, for example "GB"' : `Write ${quote(meant)}`
  return `${quote(code)} is no country. ${cure}.`
}
