import { expect, test } from 'vitest'
import { showVariants, type WordPressPlacement } from '../src/wordpress.ts'

function makeElement(id: string, standing: string): string {
  return `<attune-placement data-placement="${id}" style="display:contents">${standing}</attune-placement>`
}

function makePlacement(id: string, variants: Readonly<Record<string, string>>): WordPressPlacement {
  return {
    id,
    variants: Object.entries(variants).map(([key, html]) => ({ key, html, isDefault: key === 'default' })),
  }
}

const decide = (decided: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(decided).map(([id, variant]) => [id, { variant, baseline: 'default' }]))

const hero = makePlacement('hero', { vip: '<h1>Welcome back</h1>', default: '<h1>Hello</h1>' })
const content = `<p>Before</p>${makeElement('hero', '<h1>Hello</h1>')}<p>After</p>`

test('the decided variant stands where the default stood, named for the tracker', () => {
  expect(showVariants(content, [hero], decide({ hero: 'vip' }))).toBe(
    '<p>Before</p><div data-attune-placement="hero" data-attune-variant="vip"><h1>Welcome back</h1></div><p>After</p>',
  )
})

test.each(['default', 'gone'])('the variant `%s` shows what stands there by itself', (variant) => {
  expect(showVariants(content, [hero], decide({ hero: variant }))).toBe(
    '<p>Before</p><div data-attune-placement="hero" data-attune-variant="default"><h1>Hello</h1></div><p>After</p>',
  )
})

test('a placement that nobody decided, or that the post does not hold, shows its default alone', () => {
  const plain = '<p>Before</p><h1>Hello</h1><p>After</p>'
  expect(showVariants(content, [hero], {})).toBe(plain)
  expect(showVariants(content, [], decide({ hero: 'vip' }))).toBe(plain)
})

test('a placement inside a variant is filled like any other, and only where it is shown', () => {
  const inner = makePlacement('offer', { ten: '10 %', default: 'none' })
  const outer = makePlacement('hero', {
    vip: `<b>${makeElement('offer', 'none')}</b>`,
    default: makeElement('offer', 'none'),
  })
  const page = makeElement('hero', makeElement('offer', 'none'))
  const offer = '<div data-attune-placement="offer" data-attune-variant="ten">10 %</div>'
  expect(showVariants(page, [outer, inner], decide({ hero: 'vip', offer: 'ten' }))).toBe(
    `<div data-attune-placement="hero" data-attune-variant="vip"><b>${offer}</b></div>`,
  )
  expect(showVariants(page, [outer, inner], decide({ hero: 'default', offer: 'ten' }))).toBe(
    `<div data-attune-placement="hero" data-attune-variant="default">${offer}</div>`,
  )
})

test('a placement that holds itself comes to an end', () => {
  const endless = makePlacement('hero', { vip: makeElement('hero', 'x'), default: '' })
  expect(showVariants(makeElement('hero', ''), [endless], decide({ hero: 'vip' }))).toBe(
    '<div data-attune-placement="hero" data-attune-variant="vip">x</div>',
  )
})

test('an element that is not closed loses nothing', () => {
  expect(
    showVariants('<p>a</p><attune-placement data-placement="x"><p>b</p>', [hero], decide({ hero: 'vip' })),
  ).toBe('<p>a</p><p>b</p>')
})

test('content without placements stays as it is', () => {
  expect(showVariants('<p>$1 &amp; $&</p>', [hero], decide({ hero: 'vip' }))).toBe('<p>$1 &amp; $&</p>')
})
