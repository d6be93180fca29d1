import type { StoredPlace } from './stored-place.ts'

interface Activity {
  readonly name: string
  readonly purpose: string
  readonly basis: string
  readonly people: string
  readonly data: string
  readonly recipients: string
  readonly places: readonly string[]
}

const OWN = 'whoever runs the stores for the owner; Attune itself sends nothing to anybody'
const CONSENT = 'consent, Art. 6(1)(a), and § 5(3) of the ePrivacy directive for what lies in the browser'

const ACTIVITIES: readonly Activity[] = [
  {
    name: 'Choosing content by behaviour',
    purpose: 'showing a visitor what fits what they did',
    basis: `${CONSENT}: purpose \`preferences\``,
    people: 'visitors who granted it',
    data: 'random id, events with declared properties, the profile folded from them',
    recipients: OWN,
    places: [
      'event',
      'profile',
      'sqlite',
      'redis',
      'stream',
      'queue',
      'cookies',
      'browser',
      'memory',
      'wordpress-meta',
    ],
  },
  {
    name: 'Counting without joining',
    purpose:
      'knowing what happens on the site, with events of purpose `statistics` or `statistics-anonymous`',
    basis: CONSENT,
    people: 'visitors who granted it',
    data: 'single events under ids of their own, with the number of the session and how it came; nothing joins them to each other without `preferences`',
    recipients: OWN,
    places: ['event', 'sqlite', 'redis', 'stream', 'queue', 'cookies', 'browser'],
  },
  {
    name: 'Remembering answers about consent',
    purpose: 'keeping to the answer, and being able to show it',
    basis: 'legal obligation, Art. 6(1)(c) with Art. 7(1)',
    people: 'visitors who answered',
    data: 'purposes, text shown, time, region, a pseudonym',
    recipients: OWN,
    places: ['consent-sqlite', 'redis', 'cookies'],
  },
  {
    name: 'Finding what is sent wrongly, and by programs',
    purpose: 'mending senders, keeping floods and programs out',
    basis: 'legitimate interest, Art. 6(1)(f): a site that works',
    people: 'visitors; content only where its purpose was granted',
    data: 'refused events, cleaned; hashes of address blocks in memory',
    recipients: OWN,
    places: ['sqlite', 'redis', 'memory', 'watch'],
  },
  {
    name: 'Writing down who did what',
    purpose: 'showing who saw, exported, erased or changed what',
    basis: 'legal obligation and accountability, Art. 5(2), 6(1)(c) and 32',
    people: 'who works on the site; visitors by pseudonyms',
    data: 'names of keys, actions, times, pseudonyms',
    recipients: 'the privacy officer; an authority that asks',
    places: ['audit'],
  },
  {
    name: 'Keeping erased what was erased',
    purpose: 'erasing again whom a restored backup brings back',
    basis: 'legal obligation, Art. 6(1)(c) with Art. 17',
    people: 'visitors who were erased',
    data: 'an HMAC of the id, and when',
    recipients: OWN,
    places: ['erased-list'],
  },
  {
    name: 'Running the WordPress plugin',
    purpose: 'settings, rulesets, where segments are used',
    basis: 'no personal data, but for users who signed in: consent to `preferences`',
    people: 'signed-in users who granted it',
    data: 'ids they were known under, declared facts of a customer',
    recipients: OWN,
    places: ['wordpress-options', 'wordpress-files', 'wordpress-meta'],
  },
]

/** The record of processing activities that Art. 30 GDPR asks for, as far as Attune can know it. @throws for a place in none. */
export function renderRecord(places: readonly StoredPlace[]): string {
  const sections = ACTIVITIES.map((activity) => renderActivity(activity, places))
  const missing = places.filter(({ id }) => !ACTIVITIES.some((activity) => activity.places.includes(id)))
  if (missing.length > 0) {
    const ids = missing.map(({ id }) => id).join(', ')
    throw new Error(`[data-map] No activity keeps anything in ${ids}. Name the place in render-record.ts.`)
  }
  return `# Record of processing

<!-- Made by \`npm run data-map\` from scripts/data-map. Do not edit it here: copy it, and fill in what only you can know. -->

What Art. 30 GDPR asks a controller to write down, as far as the software can know it. It is a draft for your own record, not legal
advice: the bases are those that usually fit.

| To be filled in | |
|---|---|
| Controller, representative, data protection officer | |
| Processors: hosts, Redis or Upstash, Kafka | |
| Transfers to third countries: where these are | |

${sections.join('\n')}
## Measures (Art. 32)

- Nothing is kept before its purpose is granted; what a ruleset does not declare is not kept at all.
- Text is cleaned of mail addresses, telephone and card numbers, tokens and queries before it is kept; IP addresses are not kept.
- Names that speak of special categories are refused unless a reason is given.
- Cookies are signed, HttpOnly but for those that scripts must read, and bound to site and visitor.
- Each route declares who may use it; roles are kept apart, and none has everything.
- Who reads, exports or erases is written into a chained, signed log first.

Every field, its retention and where it is erased: [data map](data-map.md).
`
}

function renderActivity(activity: Activity, places: readonly StoredPlace[]): string {
  const { name, purpose, basis, people, data, recipients } = activity
  const kept = places.filter(({ id }) => activity.places.includes(id))
  const titles = kept.map(({ title }) => `[${title}](data-map.md#${anchorOf(title)})`).join(', ')
  const limits = [...new Set(kept.map(({ title, retention }) => `${title}: ${retention}`))].join('; ')
  return `## ${name}

| | |
|---|---|
| Purpose | ${purpose} |
| Basis | ${basis} |
| People | ${people} |
| Data | ${data} |
| Recipients | ${recipients} |
| Where | ${titles} |
| Time limits | ${limits} |
`
}

function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-')
}
