import { NOBODY, type StoredPlace } from './stored-place.ts'

const PROFILE_RETENTION = '`retention.profile` after the newest event, default 400 days'
const EVENT_RETENTION = '`retention.events`, default 90 days'
const CHOOSING = 'choosing content, with `preferences`'
const MENDING = 'finding and mending what senders do wrong'

/** Where a server keeps what it was told. */
export const STORE_PLACES: readonly StoredPlace[] = [
  {
    id: 'sqlite',
    title: 'SQLite',
    where: '`attune.db` in the data folder, with its `-wal` and `-shm` (`@attune/storage/sqlite`).',
    about: 'visitor',
    purpose: CHOOSING,
    retention: PROFILE_RETENTION,
    erase: '`erase` of the store: the rows of the visitor',
    fields: [
      { name: 'profiles.visitor', holds: 'the visitor’s id: 128 random bits, or the id of a server’s own' },
      { name: 'profiles.plan', holds: 'which plan the profile was folded for' },
      { name: 'profiles.profile', holds: 'the [profile](#profile)' },
      { name: 'profiles.recent_count', holds: 'how many events are not folded into the base' },
      { name: 'profiles.last', holds: 'the second of the newest event', purpose: 'deleting in time' },
      { name: 'bases.visitor', holds: 'the visitor’s id' },
      { name: 'bases.base', holds: 'the profile as older events left it' },
      {
        name: 'events.visitor',
        holds: 'the visitor’s id; `~` and the event’s own where nothing may join events',
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
          'the id of an erased visitor, or its HMAC: what arrives later is refused. A backup that is restored knows those who were erased before it was made',
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
  {
    id: 'redis',
    title: 'Redis and Upstash',
    where: 'The keys of one site (`@attune/storage/redis`, `/upstash`).',
    about: 'visitor',
    purpose: CHOOSING,
    retention: `${PROFILE_RETENTION}, by the key’s own expiry`,
    erase:
      '`erase` of the store: the three keys of the visitor; their `profile` stays as a tombstone that holds when it was erased',
    fields: [
      {
        name: 'attune:<site>:{<visitor>}:profile',
        holds:
          'hash: version, plan, profile, base, counts, newest and oldest second, the ids of visitors that were merged into this one; of one that was merged itself, whom into and when',
      },
      { name: 'attune:<site>:{<visitor>}:recent', holds: 'hash, id → event: those the base lacks' },
      {
        name: 'attune:<site>:{<visitor>}:settled',
        holds: 'hash, id → event: the others',
        retention: EVENT_RETENTION,
      },
      { name: 'attune:<site>:plans', holds: 'hash, id → plan', ...NOBODY, retention: 'as long as the site' },
      {
        name: 'attune:<site>:{rejected}:counts',
        holds: 'hash, reason → how many; without a name, how many numbers were given',
        ...NOBODY,
        purpose: MENDING,
        retention: 'as long as the site',
      },
      {
        name: 'attune:<site>:{rejected}:events',
        holds: 'list: the newest refused events, as far as their purpose was granted',
        purpose: MENDING,
        retention: 'the newest 10,000, until they are older than raw events may be',
        erase: '`erase` of the store: the entries that name the visitor',
      },
      {
        name: 'attune:ruleset',
        holds: 'the published ruleset',
        ...NOBODY,
        purpose: 'deciding',
        retention: 'until the next is published',
      },
    ],
  },
  {
    id: 'stream',
    title: 'Event stream',
    where:
      'A Redis stream, when the owner names one for other programs to read (`stream` of `@attune/storage/redis`).',
    about: 'visitor',
    purpose: 'what the owner’s other programs do with it: they need a purpose of their own',
    retention: 'the newest 1,000,000 events, or as many as the owner says',
    erase: '`erase` of the store; whoever has read it has a copy, and has to be told',
    fields: [
      { name: 'visitor', holds: 'the visitor’s id' },
      { name: 'id', holds: 'the event’s id' },
      { name: 'event', holds: 'the [event](#event)' },
    ],
  },
  {
    id: 'queue',
    title: 'Queue',
    where:
      'Redis Streams, when `attune serve --queue` leaves folding to workers; Kafka keeps the same entry as the value of a message.',
    about: 'visitor',
    purpose: CHOOSING,
    retention: 'until a worker has folded it, commonly under a second; Kafka: as the topic is set up',
    erase: 'the entries that name the visitor; with Kafka nothing can be taken out, so keep the topic short',
    fields: [
      { name: 'attune:<site>:{queue-<n>}:waiting', holds: 'stream: entries of visitor, received, events' },
      {
        name: 'attune:<site>:{queue-<n>}:aside',
        holds: 'stream: entries that failed five times',
        retention: 'until they are replayed or deleted',
      },
      {
        name: 'attune:<site>:{queue-<n>}:anew',
        holds: 'stream: one of the two while an erasure writes it anew',
        retention: 'seconds',
      },
      {
        name: 'attune:<site>:{queue-<n>}:lease',
        holds: 'which worker folds the partition',
        ...NOBODY,
        purpose: 'one worker a partition',
        retention: 'seconds',
      },
      {
        name: 'attune:<site>:{queue}:partitions',
        holds: 'how many partitions there are',
        ...NOBODY,
        purpose: 'finding a visitor’s partition',
        retention: 'as long as the queue',
      },
      {
        name: 'attune:<site>:{queue}:workers',
        holds: 'which workers live',
        ...NOBODY,
        purpose: 'sharing partitions',
        retention: 'seconds after the last sign of life',
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
