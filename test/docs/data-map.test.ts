import { describe, expect, test } from 'vitest'
import { PLACES } from '../../scripts/data-map/all-places.ts'
import { generatePages } from '../../scripts/data-map/generate-map.ts'
import { renderRecord } from '../../scripts/data-map/render-record.ts'
import * as fact from './kept-in-fact.ts'
import { deadLinks, readPage } from './markdown.ts'

const ADVICE = 'what is kept and not in scripts/data-map: say there its purpose, retention and erase path'

function mapped(...ids: readonly string[]): readonly string[] {
  const places = PLACES.filter(({ id }) => ids.includes(id))
  return places.flatMap(({ fields }) => fields.map(({ name }) => name)).sort()
}

const pages = generatePages()

test.each(Object.keys(pages))('docs/privacy/%s is what the map says (else: npm run data-map)', (file) => {
  expect(readPage(`docs/privacy/${file}`).text).toBe(pages[file])
})

test('every link of these pages leads somewhere', () => {
  const links = Object.entries(pages).flatMap(([file, text]) =>
    deadLinks({ path: `docs/privacy/${file}`, text }),
  )
  expect(links).toEqual([])
})

describe('what is kept in fact stands in the map, and nothing else', () => {
  test.each([
    ['an event', 'event', () => fact.schemaMembers('event.schema.json')],
    [
      'a profile',
      'profile',
      () => fact.schemaMembers('profile.schema.json').map((path) => path.split('.')[0]!),
    ],
    ['a record of the audit log', 'audit', fact.auditMembers],
    ['the file of the profile store', 'sqlite', fact.profileColumns],
    ['the file of the consent log', 'consent-sqlite', fact.consentColumns],
    ['the list of whom was erased', 'erased-list', fact.erasedMembers],
    ['what a watch has learnt', 'watch', fact.watchMembers],
    ['the keys of a Redis', 'redis', fact.redisKeys],
    ['an entry of an event stream', 'stream', fact.streamFields],
    ['the keys of a queue', 'queue', fact.queueKeyNames],
    ['the options of WordPress', 'wordpress-options', fact.optionNames],
    ['the metadata of WordPress', 'wordpress-meta', fact.metaNames],
  ] as const)('%s', async (_, id, keptInFact) => {
    const kept = await keptInFact()
    expect([...new Set(kept)].sort(), ADVICE).toEqual(mapped(id))
  })

  test('cookies and browser storage', () => {
    // A parameter of addresses, and a route.
    const elsewhere = ['attune_placements', 'attune_view']
    const kept = fact.scriptNames().filter((name) => !elsewhere.includes(name))
    expect(kept, ADVICE).toEqual(mapped('cookies', 'browser'))
  })
})

describe('no other place is overlooked', () => {
  test('tables', () => {
    const tables = mapped('sqlite', 'consent-sqlite').map((name) => name.split('.')[0]!)
    expect(fact.tablesMade(), ADVICE).toEqual([...new Set(tables)].sort())
  })

  test('members of the keys of a Redis, and files that name keys', () => {
    expect(fact.STORE_KEY_MEMBERS).toEqual([
      'visitor',
      'besides',
      'profiles',
      'plans',
      'rejectedCounts',
      'rejected',
      'told',
      'answer',
    ])
    expect(fact.filesWithKeys(), ADVICE).toEqual([
      'packages/cli/src/publish/stored-key.ts',
      'packages/storage/src/commands/store-keys.ts',
      'packages/storage/src/queue/queue-keys.ts',
      'packages/storage/src/sources/ruleset-key.ts',
    ])
  })

  test('transients, cookies, tables and files of PHP: the compiled ruleset alone', () => {
    // Of the first, whoever runs the command names the file; the last takes cookies away.
    expect(fact.otherPhpPlaces(), ADVICE).toEqual([
      'file_put_contents in includes/cli/segment-commands.php',
      'file_put_contents in includes/ruleset/compiled-file.php',
      'setcookie in includes/privacy/sign-out.php',
    ])
    expect(mapped('wordpress-files')).toEqual(['<blog>-<name>.php'])
  })
})

test('every field says its purpose, how long it is kept, and how it is erased', () => {
  const silent = PLACES.flatMap((place) =>
    place.fields
      .map((field) => ({ ...place, ...field }))
      .filter(({ holds, purpose, retention, erase }) => [holds, purpose, retention, erase].includes(''))
      .map(({ id, name }) => `${id}: ${name}`),
  )
  expect(silent).toEqual([])
})

test('what tells of a visitor is never said to tell of nobody when it is erased', () => {
  const wrong = PLACES.flatMap((place) =>
    place.fields.filter(
      (field) =>
        (field.about ?? place.about) === 'visitor' && (field.erase ?? place.erase) === 'tells of nobody',
    ),
  )
  expect(wrong).toEqual([])
})

test('no name stands twice in a place, and no place twice', () => {
  expect(
    PLACES.filter(({ fields }) => new Set(fields.map(({ name }) => name)).size !== fields.length),
  ).toEqual([])
  expect(new Set(PLACES.map(({ id }) => id)).size).toBe(PLACES.length)
})

test('a place of which no activity tells is found', () => {
  const [first] = PLACES
  expect(() => renderRecord([...PLACES, { ...first!, id: 'cellar' }])).toThrow(
    'No activity keeps anything in cellar',
  )
})
