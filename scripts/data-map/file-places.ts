import { CHOOSING, EVENT_RETENTION, MENDING, PROFILE_RETENTION } from './store-words.ts'
import { NOBODY, type StoredPlace } from './stored-place.ts'

/** The files in which a server keeps what it was told. */
export const FILE_PLACES: readonly StoredPlace[] = [
  {
    id: 'sqlite',
    title: 'SQLite',
    where: '`attune.db` in the data folder, with its `-wal` and `-shm` (`@attune/storage/sqlite`).',
    about: 'visitor',
    purpose: CHOOSING,
    retention: PROFILE_RETENTION,
    erase: '`erase` of the store: the rows of the visitor',
    fields: [
      {
        name: 'profiles.visitor',
        holds:
          'the visitor’s key: an HMAC of their id by `ATTUNE_KEYS_AT_REST` ([ids at rest](../guide/privacy.md#ids-at-rest)); without it the id, 128 random bits or a server’s own',
      },
      { name: 'profiles.plan', holds: 'which plan the profile was folded for' },
      { name: 'profiles.profile', holds: 'the [profile](#profile)' },
      { name: 'profiles.recent_count', holds: 'how many events are not folded into the base' },
      { name: 'profiles.last', holds: 'the second of the newest event', purpose: 'deleting in time' },
      { name: 'bases.visitor', holds: 'the visitor’s key' },
      { name: 'bases.base', holds: 'the profile as older events left it' },
      {
        name: 'events.visitor',
        holds: 'the visitor’s key; `~` and the event’s own id where nothing may join events',
      },
      { name: 'events.id', holds: 'the event’s id', retention: EVENT_RETENTION },
      { name: 'events.time', holds: 'when it happened', retention: EVENT_RETENTION },
      { name: 'events.name', holds: 'its name', retention: EVENT_RETENTION },
      { name: 'events.properties', holds: 'its declared properties', retention: EVENT_RETENTION },
      { name: 'events.recent', holds: 'whether the base lacks it', retention: EVENT_RETENTION },
      { name: 'events.context', holds: 'its recorded context', retention: EVENT_RETENTION },
      { name: 'plans.id', holds: 'the plan’s id', ...NOBODY, retention: 'as long as the file' },
      { name: 'plans.plan', holds: 'the plan', ...NOBODY, retention: 'as long as the file' },
      ...refusedColumns(),
      {
        name: 'rejected_counts.reason',
        holds: 'why',
        ...NOBODY,
        purpose: MENDING,
        retention: 'as long as the file',
      },
      {
        name: 'rejected_counts.n',
        holds: 'how many',
        ...NOBODY,
        purpose: MENDING,
        retention: 'as long as the file',
      },
      {
        name: 'erased.visitor',
        holds:
          'the key of an erased visitor: what arrives later is refused. A backup that is restored knows those who were erased before it was made, and [the list](#list-of-whom-was-erased) the others',
        purpose: 'keeping erased what was erased (GDPR, Art. 17)',
        retention: 'as long as the file',
        erase: 'not: it is what keeps the visitor erased',
      },
      {
        name: 'erased.time',
        holds: 'when',
        purpose: 'keeping erased what was erased (GDPR, Art. 17)',
        retention: 'as long as the file',
        erase: 'not, likewise',
      },
      ...movedColumns(),
    ],
  },
  {
    id: 'consent-sqlite',
    title: 'Proof of consent',
    where:
      'A SQLite file of its own (`@attune/storage/consent-sqlite`); of `attune serve` `consent.db` in the data folder.',
    about: 'visitor',
    purpose: 'showing that consent was given or withdrawn (GDPR, Art. 7(1)); not for choosing content',
    retention:
      '5 years under `attune serve` (`--proofs`), elsewhere as the site sweeps it; the last row of a visitor stays while it grants anything',
    erase: 'the rows of the visitor’s pseudonyms (`ConsentLog.erase`), once no proof is owed any more',
    fields: [
      { name: 'consent.id', holds: 'the number of the row', about: 'nobody' },
      { name: 'consent.pseudonym', holds: 'stands for the visitor; none for who refused before being known' },
      { name: 'consent.time', holds: 'when' },
      {
        name: 'consent.content',
        holds: 'purposes granted, which text was shown, by what it was answered, region, GPC',
      },
      { name: 'consent.grants', holds: 'whether anything is granted' },
      {
        name: 'absorbed.pseudonym',
        holds: 'stands for the visitor that a browser was before somebody signed in there',
        retention: 'as long as a row stands under it',
      },
      { name: 'absorbed.target', holds: 'stands for their account', retention: 'likewise' },
      { name: 'absorbed.time', holds: 'when they signed in', retention: 'likewise' },
      { name: 'let_go.id', holds: 'the number of an erasure', about: 'nobody' },
      {
        name: 'let_go.pseudonym',
        holds: 'stands for somebody who was erased, so that their rows are told to no other machine',
        retention: 'as long as a row stands under it',
      },
      { name: 'let_go.until', holds: 'the last row of before', retention: 'likewise' },
    ],
  },
  {
    id: 'erased-list',
    title: 'List of whom was erased',
    where:
      'A file that the owner names, on another volume than the store (`attune serve --erased`, `@attune/storage/erased`): one line for each erasure.',
    about: 'visitor',
    purpose: 'keeping erased what was erased when a backup is put back (GDPR, Art. 17)',
    retention: 'until the owner deletes the line: when no backup is older than it',
    erase:
      'not: it is what keeps the visitor erased. Nothing else is left that leads from the key to anybody',
    fields: [
      { name: 'at', holds: 'when the visitor was erased' },
      {
        name: 'key',
        holds: 'the visitor’s key in the store, an HMAC of their id by `ATTUNE_KEYS_AT_REST`; never the id',
      },
    ],
  },
  {
    id: 'watch',
    title: 'What is usual',
    where:
      '`watch.json` in the data folder, with `attune serve --alarms`; elsewhere wherever the site puts `watch.save()`.',
    ...NOBODY,
    purpose: 'telling when what is collected is not as it was',
    retention: 'as long as the file; what it holds as named',
    fields: [
      { name: 'window', holds: 'how long it counts at a time' },
      { name: 'next', holds: 'when the next count begins' },
      { name: 'events.name', holds: 'a declared event, or `(undeclared)`' },
      { name: 'events.counts', holds: 'how many of it came in each hour', retention: '36 days' },
      { name: 'events.tallies.count', holds: 'the same', retention: '7 days' },
      {
        name: 'events.tallies.present',
        holds:
          'how many had a property: each declared one, up to 64 others by names that hold nothing of a person, the rest together',
        retention: '7 days',
      },
      {
        name: 'events.tallies.odd',
        holds: 'how many had it with another type than is declared',
        retention: '7 days',
      },
      {
        name: 'events.tallies.outOfLine',
        holds: 'how many had a time that cannot be right',
        retention: '7 days',
      },
    ],
  },
]

function movedColumns(): StoredPlace['fields'] {
  const marker = {
    purpose: 'what arrives late for a visitor who signed in belongs to the account',
    retention: '`retention.profile` after the merge',
    erase: 'when either of the two is erased; then a tombstone stands there',
  }
  return [
    { name: 'moved.visitor', holds: 'the id of a visitor who was merged into another one', ...marker },
    { name: 'moved.target', holds: 'whom into', ...marker },
    { name: 'moved.time', holds: 'when', ...marker },
  ]
}

function refusedColumns(): StoredPlace['fields'] {
  const refused = { purpose: MENDING, retention: 'the newest 10,000' }
  return [
    { name: 'rejected.id', holds: 'the number of the row', ...NOBODY, ...refused },
    { name: 'rejected.reason', holds: 'why it was refused', ...NOBODY, ...refused },
    { name: 'rejected.time', holds: 'when', ...refused },
    {
      name: 'rejected.event',
      holds:
        'what was sent, cleaned, at most 4 KB; empty without consent to its purpose, and of a body that is none where the visitor is unknown',
      ...refused,
    },
    { name: 'rejected.visitor', holds: 'whose it was, with consent to `preferences`', ...refused },
    { name: 'rejected.sent', holds: 'when it was sent, by the sender’s clock', ...refused },
  ]
}
