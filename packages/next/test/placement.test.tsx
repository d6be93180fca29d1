import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Placement } from '../src/page/placement.tsx'

const variants = { default: <p>All</p>, hiking: <p>Hills</p>, none: null }
const decided = (variant: string) => ({ hero: { variant, baseline: 'default' } })

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

test('only the chosen variant is rendered, in an element that names placement and variant', () => {
  const html = renderToStaticMarkup(<Placement id="hero" variants={variants} decisions={decided('hiking')} />)
  expect(html).toBe('<div data-attune-placement="hero" data-attune-variant="hiking"><p>Hills</p></div>')
})

test('the element and its other attributes are the page author’s', () => {
  const html = renderToStaticMarkup(
    <Placement id="hero" variants={variants} decisions={decided('hiking')} as="section" className="wide" />,
  )
  expect(html).toBe(
    '<section class="wide" data-attune-placement="hero" data-attune-variant="hiking"><p>Hills</p></section>',
  )
})

test('a variant may show nothing', () => {
  const html = renderToStaticMarkup(<Placement id="hero" variants={variants} decisions={decided('none')} />)
  expect(html).toBe('<div data-attune-placement="hero" data-attune-variant="none"></div>')
})

test('an unknown variant shows the baseline and tells the developer what to do', () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const html = renderToStaticMarkup(<Placement id="hero" variants={variants} decisions={decided('x')} />)
  expect(html).toBe('<div data-attune-placement="hero" data-attune-variant="default"><p>All</p></div>')
  expect(error.mock.calls).toEqual([
    ['[next] Placement: `hero` has no variant `x`. Add it to `variants`, or take it out of the ruleset.'],
  ])
})

test('a placement that the route does not have shows its first variant and tells the developer', () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const html = renderToStaticMarkup(<Placement id="hero" variants={variants} decisions={{}} />)
  expect(html).toBe('<div data-attune-placement="hero" data-attune-variant="default"><p>All</p></div>')
  expect(error.mock.calls).toEqual([
    ['[next] Placement: `hero` is not on this page’s route. Add it to the route in the ruleset’s `routes`.'],
  ])
})

test('in production nothing is logged', () => {
  vi.stubEnv('NODE_ENV', 'production')
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  renderToStaticMarkup(<Placement id="hero" variants={variants} decisions={decided('x')} />)
  expect(error).not.toHaveBeenCalled()
})

test('names that every object has are not variants', () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const html = renderToStaticMarkup(
    <Placement id="hero" variants={variants} decisions={decided('constructor')} />,
  )
  expect(html).toContain('data-attune-variant="default"')
})

describe('a live placement whose audiences look at what only the request of its page tells', () => {
  const decisions = { hero: { variant: 'hiking', baseline: 'default', still: ['referrer'] } }
  const render = (live: boolean) =>
    renderToStaticMarkup(<Placement id="hero" variants={variants} decisions={decisions} live={live} />)
  const message =
    '[next] Placement: `hero` cannot be live: its audiences look at `referrer.*`, which only the request of the page tells. Take `live` off it, or the condition out of the ruleset.'

  test('is refused while it is developed and built', () => {
    expect(() => render(true)).toThrow(message)
    vi.stubEnv('NODE_ENV', 'production')
    vi.stubEnv('NEXT_PHASE', 'phase-production-build')
    expect(() => render(true)).toThrow(message)
    expect(() => render(false)).not.toThrow()
  })

  test('is what it would be without `live` when the ruleset changed later: no page is lost', () => {
    vi.stubEnv('NODE_ENV', 'production')
    expect(render(true)).toBe(render(false))
  })
})
