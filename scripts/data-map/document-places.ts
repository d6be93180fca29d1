import type { StoredPlace } from './stored-place.ts'

/** The documents that cross every wall, whatever store holds them. */
export const DOCUMENT_PLACES: readonly StoredPlace[] = [
  {
    id: 'event',
    title: 'Event',
    where:
      'In every store, queue and refused event. What a ruleset does not declare is not kept; text is cleaned first.',
    about: 'visitor',
    purpose: 'that of the event in the ruleset, `preferences` when it names none: choosing content',
    retention: '`retention.events`, default 90 days; never less than 10, so that a repetition is known',
    erase: 'with the visitor',
    fields: [
      { name: 'id', holds: 'random, made by the sender', purpose: 'finding repetitions' },
      { name: 'name', holds: 'what was done, such as `view_item`' },
      { name: 'time', holds: 'when, milliseconds' },
      { name: 'properties', holds: 'the declared properties: text, numbers, yes or no' },
      { name: 'context.utm.source', holds: 'the campaign’s source, when a `touch` asks for it' },
      { name: 'context.utm.medium', holds: 'its medium, likewise' },
      { name: 'context.utm.campaign', holds: 'its name, likewise' },
      { name: 'context.utm.term', holds: 'its term, likewise' },
      { name: 'context.utm.content', holds: 'its content, likewise' },
      { name: 'context.referrer.host', holds: 'the host of the page before, likewise' },
      { name: 'context.url.path', holds: 'the path of the page, likewise; never its query' },
    ],
  },
  {
    id: 'profile',
    title: 'Profile',
    where: 'In every store and, as far as the ruleset’s conditions need it, in the visitor token.',
    about: 'visitor',
    purpose:
      '`preferences`: choosing content; a signal of an event with another purpose is read with that one alone',
    retention: '`retention.profile` after the visitor’s newest event, default 400 days',
    erase: 'with the visitor',
    fields: [
      { name: 'version', holds: 'the version of the format', about: 'nobody', purpose: 'reading it later' },
      {
        name: 'plan',
        holds: 'the signal plan it was folded for',
        about: 'nobody',
        purpose: 'reading it later',
      },
      { name: 'firstSeen', holds: 'the second of the oldest event' },
      { name: 'last', holds: 'second and id of the newest event' },
      { name: 'signals', holds: 'what the ruleset’s conditions ask for: last times, counts, points, steps' },
      {
        name: 'traits',
        holds: 'the declared traits that are known',
        purpose: 'that of the trait in the ruleset',
      },
      {
        name: 'told',
        holds: 'which event told a trait, or took it back; in stores alone',
        purpose: 'that of the trait in the ruleset',
      },
    ],
  },
  {
    id: 'audit',
    title: 'Audit log',
    where:
      'A file that the site’s owner names (`@attune/storage/audit`). Its heads, elsewhere, hold `seq` and `hash` alone.',
    about: 'staff',
    purpose: 'showing who saw, exported, erased or changed what (GDPR, Art. 5(2) and 32)',
    retention: 'as long as the owner keeps the file; a year is usual',
    erase: 'not: it proves the erasure. It holds pseudonyms, which without the key lead to nobody',
    fields: [
      { name: 'version', holds: 'the version of the format', about: 'nobody' },
      { name: 'seq', holds: 'the number of the record', about: 'nobody' },
      { name: 'time', holds: 'when, milliseconds' },
      { name: 'action', holds: 'such as `profile.export`' },
      { name: 'outcome', holds: '`asked`, `done`, `failed` or `refused`' },
      { name: 'actor', holds: 'the name of the key that was used, a task’s and not a person’s' },
      { name: 'role', holds: 'its role' },
      {
        name: 'subject',
        holds: 'a pseudonym of the visitor: HMAC-SHA256 with a key of the log’s own',
        about: 'visitor',
      },
      { name: 'counts', holds: 'how much of what, as numbers' },
      { name: 'prev', holds: 'the hash of the record before', about: 'nobody' },
      { name: 'key', holds: 'the name of the signing key', about: 'nobody' },
      { name: 'mac', holds: 'the signature', about: 'nobody' },
      { name: 'hash', holds: 'the hash of the record', about: 'nobody' },
    ],
  },
]
