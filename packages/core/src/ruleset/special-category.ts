/** What the law protects above all other personal data: GDPR, Art. 9(1) and Art. 10. */
export type SpecialCategory =
  | 'health'
  | 'religion or belief'
  | 'sexual life or orientation'
  | 'political opinion'
  | 'trade union membership'
  | 'biometric or genetic data'
  | 'racial or ethnic origin'
  | 'criminal record'

// Words as names have them: small letters, one space between. A word counts alone and in company; plurals need not be told apart.
const WORDS: { readonly [Category in SpecialCategory]: string } = {
  health:
    'health|medical|medication|medicine|diagnosis|diagnoses|diagnosed|disease|illness|disability|disabilities|pregnant|pregnancy|miscarriage|abortion|menopause|fertility|infertility|ivf|cancer|tumor|tumour|diabetes|diabetic|hiv|covid|depression|depressed|anxiety|autism|autistic|adhd|epilepsy|asthma|allergy|allergies|allergic|prescription|patient|symptom|symptoms|surgery|vaccinated|vaccination|addiction|alcoholic|rehab|bmi|blood type|blood pressure|blood sugar|mental illness|eating disorder|disabled person|gesundheit|krankheit|schwanger|schwangerschaft|behinderung|diagnose|sante|maladie|enceinte|handicap|salud|enfermedad|embarazada|discapacidad',
  'religion or belief':
    'religion|religious|religiosity|faith|church|mosque|synagogue|christian|christianity|catholic|protestant|evangelical|orthodox christian|muslim|islam|islamic|jewish|judaism|hindu|hinduism|buddhist|buddhism|sikh|atheist|agnostic|halal|kosher|ramadan|denomination|beliefs|konfession|glaube|muslimisch|katholisch|religieux|musulman|catholique|religioso|musulman|catolico',
  'sexual life or orientation':
    'sexual|sexuality|sexual orientation|sex life|gay|lesbian|bisexual|homosexual|heterosexual|asexual|pansexual|queer|lgbt|lgbtq|lgbtqia|transgender|transsexual|nonbinary|non binary|homosexuell|schwul|lesbisch|gender identity|libido|fetish',
  'political opinion':
    'political|politics|politically|democrat|democrats|republican|republicans|socialist|communist|fascist|libertarian|left wing|right wing|far right|far left|voter|voters|voting intention|party member|party membership|ideology|activist|politik|politisch|partei|parteimitglied|politique|politico',
  'trade union membership':
    'trade union|trade unionist|labor union|labour union|union member|union members|union membership|unionised|unionized|gewerkschaft|gewerkschaftsmitglied|syndicat|syndique|sindicato|sindicalista',
  'biometric or genetic data':
    'biometric|biometrics|fingerprint scan|fingerprint hash|finger print|face id|faceprint|face print|face template|facial recognition|iris scan|retina scan|voiceprint|voice print|dna|genetic|genetics|genome|genotype|biometrie|biometrisch|biometrique',
  'racial or ethnic origin':
    'ethnic|ethnicity|ethnicities|racial|racialised|skin colour|skin color|african american|hispanic|latino|latina|latinx|caucasian|romani|indigenous|caste|tribe|ancestry|race and ethnicity|ethnie|ethnisch|hautfarbe|herkunft|origine ethnique|etnia',
  'criminal record':
    'criminal|criminal record|crime|convicted|conviction|convictions|felony|felon|offender|prison|prisoner|imprisoned|parole|probation officer|arrested|vorstrafe|vorstrafen|casier judiciaire|antecedentes penales',
}
// Too common in other senses to count in company.
const ALONE: { readonly [word: string]: SpecialCategory } = {
  race: 'racial or ethnic origin',
  union: 'trade union membership',
  fingerprint: 'biometric or genetic data',
}
// What these words are part of and have nothing to do with.
const HARMLESS =
  /\b(?:christian (?:dior|louboutin|lacroix|siriano)|(?:gay|lesbian) lussac|republican? of|crime (?:novel|novels|fiction|thriller|series|books?)|prison break|app health|health check|server health|device health|battery health|system health|patient (?:zero|waiting)|medicine ball|tribe (?:tickets|events)|faith hill|prescription glasses case)\b/g

const words: ReadonlyMap<string, SpecialCategory> = new Map(
  Object.entries(WORDS).flatMap(([category, list]) =>
    // The names of the categories are its keys.
    list.split('|').map((word) => [word, category as SpecialCategory] as const),
  ),
)
// The longest of the words above is three.
const MOST_WORDS = 3

/** Tells which special category of personal data a name speaks of, by its words; `undefined` for nearly every name. */
export function specialCategoryOf(name: string): SpecialCategory | undefined {
  const text = plainWords(name).replace(HARMLESS, ' ').trim()
  const alone = Object.hasOwn(ALONE, text) ? ALONE[text] : undefined
  if (alone !== undefined) return alone
  const parts = text.split(/ +/)
  for (let at = 0; at < parts.length; at++) {
    for (let count = Math.min(MOST_WORDS, parts.length - at); count > 0; count--) {
      const found = words.get(parts.slice(at, at + count).join(' '))
      if (found !== undefined) return found
    }
  }
  return undefined
}

// isPregnant, is-pregnant and IS_PREGNANT are the same words, and santé is sante.
function plainWords(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
}
