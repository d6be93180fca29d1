import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { PreferenceCentre } from '../../src/consent.tsx'

test('the preference centre is an element with its questions, and its script', () => {
  expect(
    renderToStaticMarkup(
      <PreferenceCentre questions={[{ trait: 'newsletter', label: 'Letters' }]} theme="dark" nonce="abc" />,
    ),
  ).toBe(
    '<script async="" src="/attune-preferences.js" nonce="abc"></script>' +
      '<attune-preferences questions="[{&quot;trait&quot;:&quot;newsletter&quot;,&quot;label&quot;:&quot;Letters&quot;}]" theme="dark"></attune-preferences>',
  )
})
