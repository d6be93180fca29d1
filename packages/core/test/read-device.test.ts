import { expect, test } from 'vitest'
import { readDevice } from '../src/context/read-device.ts'

const APPLE = 'AppleWebKit/605.1.15 (KHTML, like Gecko)'
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0'

test.each([
  [
    'iPhone Safari',
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${APPLE} Version/18.6 Mobile/15E148 Safari/604.1`,
    'mobile',
    'ios',
    'safari',
  ],
  [
    'iPhone Chrome',
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${APPLE} CriOS/142.0.7444.46 Mobile/15E148 Safari/604.1`,
    'mobile',
    'ios',
    'chrome',
  ],
  [
    'iPhone Firefox',
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${APPLE} FxiOS/144.0 Mobile/15E148 Safari/605.1.15`,
    'mobile',
    'ios',
    'firefox',
  ],
  [
    'iPhone Edge',
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6_0 like Mac OS X) ${APPLE} Version/18.0 EdgiOS/141.0.3537.99 Mobile/15E148 Safari/604.1`,
    'mobile',
    'ios',
    'edge',
  ],
  [
    'iPhone in-app',
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${APPLE} Mobile/15E148 [FBAN/FBIOS;FBAV/530.0.0.30.72]`,
    'mobile',
    'ios',
    undefined,
  ],
  [
    'iPad Safari',
    `Mozilla/5.0 (iPad; CPU OS 16_7 like Mac OS X) ${APPLE} Version/16.6 Mobile/15E148 Safari/604.1`,
    'tablet',
    'ios',
    'safari',
  ],
  [
    'iPad as a Mac',
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${APPLE} Version/18.6 Safari/605.1.15`,
    'desktop',
    'macos',
    'safari',
  ],
  [
    'Android Chrome',
    `Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Mobile Safari/537.36`,
    'mobile',
    'android',
    'chrome',
  ],
  [
    'Android Samsung',
    `Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
    'mobile',
    'android',
    'samsung',
  ],
  [
    'Android Firefox',
    'Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0',
    'mobile',
    'android',
    'firefox',
  ],
  [
    'Android Edge',
    `Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Mobile Safari/537.36 EdgA/142.0.0.0`,
    'mobile',
    'android',
    'edge',
  ],
  [
    'Android Opera',
    `Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Mobile Safari/537.36 OPR/92.0.0.0`,
    'mobile',
    'android',
    'opera',
  ],
  [
    'Android tablet Chrome',
    `Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Safari/537.36`,
    'tablet',
    'android',
    'chrome',
  ],
  [
    'Android tablet Firefox',
    'Mozilla/5.0 (Android 14; Tablet; rv:144.0) Gecko/144.0 Firefox/144.0',
    'tablet',
    'android',
    'firefox',
  ],
  [
    'Fire tablet',
    'Mozilla/5.0 (Linux; Android 9; KFTRWI) AppleWebKit/537.36 (KHTML, like Gecko) Silk/108.4.6 like Chrome/108.0.5359.160 Safari/537.36',
    'tablet',
    'android',
    'chrome',
  ],
  [
    'Android television',
    'Mozilla/5.0 (Linux; Android 12; BRAVIA 4K VH2 Build/STT2) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36',
    'desktop',
    'android',
    'chrome',
  ],
  [
    'Windows Chrome',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36`,
    'desktop',
    'windows',
    'chrome',
  ],
  [
    'Windows Edge',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36 Edg/142.0.0.0`,
    'desktop',
    'windows',
    'edge',
  ],
  [
    'Windows Firefox',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0',
    'desktop',
    'windows',
    'firefox',
  ],
  [
    'old Windows tablet PC',
    'Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0; Tablet PC 2.0)',
    'desktop',
    'windows',
    undefined,
  ],
  [
    'Mac Chrome',
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${CHROME} Safari/537.36`,
    'desktop',
    'macos',
    'chrome',
  ],
  [
    'Linux Firefox',
    'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
    'desktop',
    'linux',
    'firefox',
  ],
  [
    'Chromebook',
    `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${CHROME} Safari/537.36`,
    'desktop',
    'chromeos',
    'chrome',
  ],
  ['a program', 'curl/8.14.1', 'desktop', undefined, undefined],
])('%s', (_name, agent, type, os, browser) => {
  const given = Object.fromEntries(
    Object.entries({ type, os, browser }).filter(([, value]) => value !== undefined),
  )
  expect(readDevice(new Headers({ 'user-agent': agent }))).toEqual(given)
})

test('client hints go before the user agent', () => {
  const headers = new Headers({
    'user-agent': `Mozilla/5.0 (X11; Linux x86_64) ${CHROME} Safari/537.36`,
    'sec-ch-ua-mobile': '?1',
    'sec-ch-ua-platform': '"Android"',
  })
  expect(readDevice(headers)).toEqual({ type: 'mobile', os: 'android', browser: 'chrome' })
})

test('a hint that is no platform, and a missing user agent, say nothing', () => {
  expect(readDevice(new Headers({ 'sec-ch-ua-platform': 'constructor' }))).toEqual({})
  expect(readDevice(new Headers({ 'sec-ch-ua-mobile': '?0' }))).toEqual({})
})
