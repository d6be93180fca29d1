import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAccounts } from '@attune/collector'
import { compileDocument } from '@attune/core/publish'
import { createSqliteStore } from '@attune/storage/sqlite'
import { describe, expect, test } from 'vitest'
import { importCommand } from '../src/commands/import.ts'
import { main } from '../src/main.ts'
import { makeFolder } from './support/make-folder.ts'
import { makeIo } from './support/make-io.ts'
import { makeRuleset } from './support/make-ruleset.ts'

const ATTUNE_SECRET = 'a secret of more than thirty-two characters'
const AUDIT = { ATTUNE_AUDIT_KEY: 'a key of the audit log alone that is long enough' }
const RULESET = makeRuleset({
  traits: {
    tier: { type: 'string', sources: { crm: 3, browser: 1 } },
    newsletter: { type: 'boolean' },
    spent: { type: 'number' },
    sports: { type: 'list' },
    reach: { type: 'string', purpose: 'marketing' },
  },
})
const CSV = `id,tier,newsletter,spent,sports,name
7,gold,yes,120.50,hiking|cycling,Ann
8,silver,no,,,"Bob, the second"
`

function makeSite(csv: string) {
  const folder = makeFolder({ 'rules.json': JSON.stringify(RULESET), 'customers.csv': csv })
  const file = join(folder, 'customers.csv')
  // Written before the command's clock, which stands still in tests.
  utimesSync(file, Date.UTC(2026, 10, 21) / 1000, Date.UTC(2026, 10, 21) / 1000)
  return { folder, file }
}

async function run(
  { folder, file }: ReturnType<typeof makeSite>,
  options: readonly string[] = [],
  stop = false,
) {
  const made = makeIo({ env: { ATTUNE_SECRET, ...AUDIT } })
  if (stop) made.stop('SIGINT')
  const where = ['--ruleset', join(folder, 'rules.json'), '--data', join(folder, 'data')]
  const audit = ['--audit', join(folder, 'audit.log')]
  const asked = options.includes('--id-column') ? [] : ['--id-column', 'id', '--consent', 'preferences']
  const args = ['import', 'traits', file, ...where, ...audit, ...asked, ...options]
  const code = await main(args, [importCommand], made.io, '1')
  return { code, out: made.out(), err: made.err() }
}

async function traitsOf({ folder }: ReturnType<typeof makeSite>, userId: string) {
  const store = createSqliteStore({ path: join(folder, 'data', 'attune.db') })
  try {
    const [account] = createAccounts(ATTUNE_SECRET).of(userId)
    return (await store.load(account, compileDocument(RULESET).plan))?.traits
  } finally {
    await store.close()
  }
}

describe('a file of customers', () => {
  test('is told of accounts, each cell by its trait’s type, and says what it left out', async () => {
    const site = makeSite(CSV)
    const { code, out } = await run(site)
    expect(code).toBe(0)
    expect(out).toContain('Read 2 rows')
    expect(out).toContain('columns left out name')
    expect(await traitsOf(site, '7')).toEqual({
      tier: 'gold',
      newsletter: true,
      spent: 120.5,
      sports: ['hiking', 'cycling'],
    })
    expect(await traitsOf(site, '8')).toEqual({ tier: 'silver', newsletter: false })
    expect(existsSync(`${site.file}.rejects.csv`)).toBe(false)
  })

  test('told once more changes nothing', async () => {
    const site = makeSite(CSV)
    await run(site)
    expect(JSON.parse((await run(site, ['--json'])).out)).toMatchObject({ rows: 2, taken: 0, known: 2 })
  })

  test('of two rows about one person the last holds', async () => {
    const site = makeSite('id,tier\n7,gold\n7,silver\n7,gold\n7,bronze\n')
    await run(site)
    expect(await traitsOf(site, '7')).toEqual({ tier: 'bronze' })
  })

  test('may have other headings, separators and rows of several lines', async () => {
    const site = makeSite('\ufeffKunde;Stufe;Sport\n7;"gold";"hiking,\ncycling"\n')
    const { code } = await run(site, [
      ...['--id-column', 'Kunde', '--consent', 'preferences', '--delimiter', ';', '--separator', ','],
      ...['--map', 'Stufe=tier', '--map', 'Sport=sports'],
    ])
    expect(code).toBe(0)
    expect(await traitsOf(site, '7')).toEqual({ tier: 'gold', sports: ['hiking', 'cycling'] })
  })

  test('dry, is checked whole and kept nowhere', async () => {
    const site = makeSite(`${CSV}9,gold,perhaps,1,,Cy\n`)
    const { code, out, err } = await run(site, ['--dry-run'])
    expect([code, existsSync(join(site.folder, 'data'))]).toEqual([1, false])
    expect(out).toContain('Checked 3 rows')
    expect(err).toContain('line 4: newsletter "perhaps" is no yes or no.')
    expect([existsSync(`${site.file}.rejects.csv`), existsSync(join(site.folder, 'audit.log'))]).toEqual([
      false,
      false,
    ])
  })

  test('ended early says where to go on, and goes on there', async () => {
    const site = makeSite(CSV)
    const { code, out } = await run(site, [], true)
    expect(code).toBe(1)
    expect(out).toMatch(/Go on with the same command and --from-line \d/)
    await run(site, ['--from-line', '3'])
    expect([await traitsOf(site, '7'), await traitsOf(site, '8')]).toEqual([
      undefined,
      { tier: 'silver', newsletter: false },
    ])
  })

  test('is written into the audit log with the consent that was affirmed', async () => {
    const site = makeSite(CSV)
    await run(site)
    const log = readFileSync(join(site.folder, 'audit.log'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(log.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['traits.import', 'asked'],
      ['traits.import', 'done'],
    ])
    expect(log[1].counts).toEqual({ rows: 2, taken: 2, known: 0, rejected: 0, 'consent.preferences': 1 })
    expect(JSON.stringify(log)).not.toMatch(/gold|customers/)
  })
})

describe('rows that are wrong', () => {
  const BAD = `id,tier,newsletter,spent
7,gold,perhaps,1
,gold,yes,1
8,silver,yes,1.2.3
9,gold,yes
10,gold,yes,1
11,"gold"x,yes,1
`

  test('are told by line, value and cure, and lie in a file that can be mended and imported', async () => {
    const site = makeSite(BAD)
    const { code, out, err } = await run(site)
    expect(code).toBe(1)
    expect(out).toContain('not taken        5')
    for (const said of [
      'line 2: newsletter "perhaps" is no yes or no. Write true or false',
      'line 3: id "" is no user’s id.',
      'line 4: spent "1.2.3" is no number.',
      'line 5: the row has 3 cells where the header has 4.',
      'line 7: the row has a quote where none may stand.',
    ])
      expect(err).toContain(said)
    expect(await traitsOf(site, '10')).toEqual({ tier: 'gold', newsletter: true, spent: 1 })
    const rejects = `${site.file}.rejects.csv`
    expect(statSync(rejects).mode & 0o777).toBe(0o600)
    const text = readFileSync(rejects, 'utf8')
    expect(text.split('\n')[0]).toBe('id,tier,newsletter,spent,rejected_line,rejected_problem')
    const mended = text.split('\n').slice(0, 2).join('\n').replace('perhaps', 'yes')
    writeFileSync(rejects, `${mended}\n`)
    utimesSync(rejects, Date.UTC(2026, 10, 21) / 1000, Date.UTC(2026, 10, 21) / 1000)
    const again = await run({ ...site, file: rejects })
    expect([again.code, again.out.includes('columns left out')]).toEqual([0, false])
    expect(await traitsOf(site, '7')).toEqual({ tier: 'gold', newsletter: true, spent: 1 })
  })

  test('after a quote that is never closed are told as not read', async () => {
    const { code, out, err } = await run(makeSite('id,tier\n7,gold\n8,"silver\n9,gold\n'))
    expect([code, err]).toEqual([
      1,
      expect.stringContaining('line 3: the row has a quote that is never closed'),
    ])
    expect(out).toMatch(/taken {12}1\n/)
  })

  test('of somebody who was erased bring nobody back', async () => {
    const site = makeSite(CSV)
    await run(site)
    const store = createSqliteStore({ path: join(site.folder, 'data', 'attune.db') })
    await store.erase(createAccounts(ATTUNE_SECRET).of('7')[0], Date.now())
    await store.close()
    const { out, err } = await run(site, ['--as-of', '2026-11-21T12:00Z'])
    expect(out).toContain('not taken        1')
    expect(err).toContain('line 2: id "7" This visitor was erased.')
    expect(await traitsOf(site, '7')).toBeUndefined()
  })
})

describe('what cannot be meant is not begun', () => {
  test.each([
    [
      'no id column',
      CSV,
      ['--id-column', 'ident', '--consent', 'preferences'],
      'The file has no column "ident".',
    ],
    ['a heading that is nearly a trait', 'id,newsleter\n7,yes\n', [], 'Did you mean newsletter?'],
    ['a trait that is not declared', CSV, ['--map', 'name=nickname'], 'does not declare'],
    ['no trait at all', 'id,name\n7,Ann\n', [], 'It declares tier, newsletter'],
    [
      'two columns for one trait',
      'id,tier,Stufe\n7,a,b\n',
      ['--map', 'Stufe=tier'],
      'Two columns tell the trait tier.',
    ],
    ['no consent', CSV, ['--id-column', 'id'], 'Say --consent preferences'],
    ['a trait for another purpose', 'id,reach\n7,far\n', [], 'The trait reach is for marketing.'],
    ['a source that may not tell it', CSV, ['--source', 'shop'], 'does not let shop tell the trait tier.'],
    ['a time to come', CSV, ['--as-of', '2030-01-01'], 'Say when it was true'],
    ['an empty file', '', [], 'The file is empty.'],
  ])('%s', async (_, csv, options, said) => {
    const { code, err } = await run(makeSite(csv), options)
    expect([code, err]).toEqual([2, expect.stringContaining(said)])
  })
})
