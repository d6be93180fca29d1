import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ConsentBanner } from '../../src/consent.tsx'

test('the banner is an element and its script, and shows nothing without them', () => {
  expect(renderToStaticMarkup(<ConsentBanner />)).toBe(
    '<script async="" src="/attune-consent.js"></script><attune-consent></attune-consent>',
  )
})

test('what it asks, says and proves goes along as attributes', () => {
  const html = renderToStaticMarkup(
    <ConsentBanner
      src="/js/ask.js"
      purposes={['preferences', 'marketing']}
      privacy="/privacy"
      texts={{ title: 'Dürfen "wir"?' }}
      theme="dark"
      doNotTrack="obey"
      log="/attune/consent"
      version="2026-11"
      nonce="abc"
    />,
  )
  expect(html).toBe(
    '<script async="" src="/js/ask.js" nonce="abc"></script>' +
      '<attune-consent purposes="preferences marketing" privacy="/privacy" texts="{&quot;title&quot;:&quot;Dürfen \\&quot;wir\\&quot;?&quot;}" ' +
      'theme="dark" do-not-track="obey" log="/attune/consent" version="2026-11"></attune-consent>',
  )
})
