import { CHOOSING, EVENT_RETENTION, MENDING, PROFILE_RETENTION } from './store-words.ts'
import { NOBODY, type StoredPlace } from './stored-place.ts'

/** Where servers share what they were told. */
export const REDIS_PLACES: readonly StoredPlace[] = [
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
      ...sharedAnswers(),
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
      { name: 'visitor', holds: 'the visitor’s key' },
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

function sharedAnswers(): StoredPlace['fields'] {
  const shared = {
    purpose: 'keeping to what a visitor answered at whichever machine of the site (GDPR, Art. 7(3))',
    retention: '400 days after the answer, by the key’s own expiry',
    erase:
      '`erase` of the visitor by the command, the visitor’s own page or the routes; put back with an older state it is deleted again by the machine that heard the erasure',
  }
  return [
    {
      name: 'attune:<site>:{<pseudonym>}:answer',
      holds:
        'when the visitor answered last, and which purposes they granted, under a name of the proofs of consent',
      ...shared,
    },
    {
      name: 'attune:<site>:{<pseudonym>}:answer-before',
      holds: 'of an account, the same of its browsers before somebody signed in there',
      ...shared,
    },
    {
      name: 'attune:<site>:{answers}:told',
      holds:
        'hash, a random name of each machine’s log (`consent.name` beside `consent.db`) → the last of its rows that was told, and of its erasures that was done',
      ...NOBODY,
      purpose: 'telling each row',
      retention: 'as long as the site',
    },
  ]
}
