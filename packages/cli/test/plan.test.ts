import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publishRuleset } from '@attune/core/publish'
import { expect, test } from 'vitest'
import { plan } from '../src/commands/plan.ts'
import { main } from '../src/main.ts'
import { makeFolder } from './support/make-folder.ts'
import { makeIo } from './support/make-io.ts'
import { makeRuleset } from './support/make-ruleset.ts'

const shop = fileURLToPath(new URL('../../../examples/next-shop/ruleset.json', import.meta.url))
const page = readFileSync(new URL('../../../docs/guide/planning.md', import.meta.url), 'utf8')

async function run(...args: readonly string[]) {
  const { io, out, err } = makeIo()
  const code = await main(['plan', ...args], [plan], io, '1')
  return { code, out: out(), err: err() }
}

/** Plans a ruleset of one placement, with files beside it. */
async function runOn(files: { readonly [name: string]: string }, ...args: readonly string[]) {
  const ruleset = JSON.stringify(makeRuleset({ routes: { '/': ['hero'], '/cart': [] } }))
  const folder = makeFolder({ 'rules.json': ruleset, ...files })
  return run(join(folder, 'rules.json'), ...args.map((arg) => (arg in files ? join(folder, arg) : arg)))
}

test('each route is told with its bound, its combinations and an example of who sees them', async () => {
  expect(await runOn({})).toEqual({
    code: 0,
    out: `/  2 of 2 combinations
  hero 2, within the budget of 64

  1  baselines
     nothing applies
  2  hero offer
     offer (in keen)

/cart  1 of 1 combinations
  1, within the budget of 64

  1  baselines
     nothing applies
`,
    err: '',
  })
})

test('the guide shows what is really printed', async () => {
  const product = await run(shop, '--route', '/product/[slug]')
  expect(page).toContain(`\n${product.out}\`\`\`\n`)
  const over = await run(shop, '--route', '/', '--budget', '64')
  expect(page).toContain(`\n${over.out.split('\n').slice(0, 3).join('\n')}\n\`\`\`\n`)
  const traffic = /```json\n(\{\n {2}"consent"[^`]*)```/.exec(page)![1]!
  const folder = makeFolder({ 'traffic.json': traffic })
  const ranked = await run(shop, '--traffic', join(folder, 'traffic.json'), '--prerender', '12')
  expect(page).toContain(`\n${ranked.out}\`\`\`\n`)
})

test('a route over its budget is exit code 1, and the placement that breaks it is named', async () => {
  const { code, out } = await runOn({}, '--budget', '1')
  expect(code).toBe(1)
  expect(out).toContain('hero 2, over the budget of 1; without hero it has 1')
})

test('a ruleset over its own budget is planned all the same, one with another error is not', async () => {
  const over = JSON.stringify(makeRuleset({ routes: { '/': ['hero'] }, budget: 1 }))
  expect(await runOn({ 'rules.json': over })).toMatchObject({ code: 1, err: '' })
  const wrong = JSON.stringify(makeRuleset({ routes: { '/': ['hera'] }, budget: 1 }))
  const { code, err } = await runOn({ 'rules.json': wrong })
  expect(code).toBe(2)
  expect(err).toContain('There is no placement "hera"')
})

test('a published ruleset is exit code 2, which asks for the document', async () => {
  const published = JSON.stringify(publishRuleset(makeRuleset()))
  const { code, err } = await runOn({ 'rules.json': published })
  expect(code).toBe(2)
  expect(err).toContain('This is a published ruleset. Give the document')
})

test('--json prints the plan and the ranking as one document', async () => {
  const { out } = await runOn(
    { 't.json': '{ "segments": { "keen": 0.25 } }' },
    '--json',
    '--traffic',
    't.json',
  )
  expect(JSON.parse(out)).toMatchObject({
    revision: 'test.1',
    routes: [
      {
        route: '/',
        count: 2,
        isComplete: true,
        combinations: [{ visitors: ['known', 'without-consent'] }, {}],
      },
      {},
    ],
    ranking: {
      combinations: [{ share: 0.5 }, { share: 0.375, cumulative: 0.875 }, { share: 0.125 }],
      assumed: [],
    },
  })
})

test.each([
  ['shares of segments', 'segment,share\nkeen,0.25\n', '75.0 %  /      baselines'],
  ['counted combinations', 'route,hero,count\n/,plain,10\n/,offer,30\n', '75.0 %  /      hero offer'],
])('a CSV of %s ranks as JSON does', async (_, csv, line) => {
  const { code, out } = await runOn({ 't.csv': csv }, '--route', '/', '--traffic', 't.csv')
  expect(code).toBe(0)
  expect(out).toContain(line)
})

test('what no share is given for is said', async () => {
  const { out } = await runOn({ 't.json': '{}' }, '--traffic', 't.json')
  expect(out).toContain('taken to be true for one half of the visitors:\n  keen\n')
})

test.each([
  ['an unknown segment', 't.json', '{ "segments": { "kee": 0.1 } }', 'Did you mean keen?'],
  ['a share over 1', 't.json', '{ "segments": { "keen": 5 } }', '$.segments.keen: 5 is no share.'],
  ['an unknown member', 't.json', '{ "segment": {} }', 'Did you mean segments?'],
  [
    'an unknown variant',
    't.json',
    '{ "combinations": [{ "route": "/", "variants": { "hero": "of" }, "count": 1 }] }',
    '$.combinations[0].variants.hero',
  ],
  ['no JSON', 't.json', '{', 'The traffic cannot be used.'],
  ['a CSV of other columns', 't.csv', 'a,b\n1,2\n', 'Use segment,share or route,<placement>…,count.'],
  ['a CSV without a number', 't.csv', 'segment,share\nkeen,lots\n', '"lots" is no share.'],
])('traffic with %s is exit code 2, with the cure', async (_, name, text, message) => {
  const { code, out, err } = await runOn({ [name]: text }, '--traffic', name)
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(message)
})

test.each([
  ['--route', '/card', 'Did you mean /cart?'],
  ['--budget', '0', 'Give a whole number from 1'],
  ['--prerender', '5', 'Add --traffic <file>.'],
])('%s %s is exit code 2, with the cure', async (option, value, message) => {
  const { code, err } = await runOn({}, option, value)
  expect(code).toBe(2)
  expect(err).toContain(message)
})
