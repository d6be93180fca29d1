import type { Context } from './context.ts'

// A real user agent is shorter; the patterns look no further.
const MAX_USER_AGENT = 1_024

type Patterns = readonly (readonly [name: string, pattern: RegExp])[]

// The first that fits: an agent names what it descends from as well as what it is.
const TYPES: Patterns = [
  // An iPad also says "Mobile"; "Tablet PC" is Windows on a desk.
  ['tablet', /iPad|Tablet(?! PC)/],
  ['mobile', /Mobi|iPhone|iPod|Opera Mini/],
  ['desktop', /TV\b|BRAVIA|AFT/],
  // What runs Android and says neither "Mobile" nor that it is a television.
  ['tablet', /Android|Silk\//],
  ['desktop', /./],
]
const SYSTEMS: Patterns = [
  ['ios', /iPhone|iPad|iPod/],
  ['android', /Android/],
  ['windows', /Windows/],
  ['chromeos', /CrOS/],
  ['macos', /Mac OS X/],
  ['linux', /Linux/],
]
const BROWSERS: Patterns = [
  ['edge', /Edg(?:e|A|iOS)?\//],
  ['opera', /OPR\/|OPT\/|OPiOS\/|Opera/],
  ['samsung', /SamsungBrowser\//],
  ['firefox', /Firefox\/|FxiOS\//],
  ['chrome', /Chrome\/|CriOS\//],
  ['safari', /Safari\//],
]

/**
 * Reads what the visitor holds from client hints and the user agent.
 * `type`: `mobile`, `tablet`, `desktop`. `os`: `ios`, `android`, `windows`, `chromeos`, `macos`, `linux`.
 * `browser`: `edge`, `opera`, `samsung`, `firefox`, `chrome`, `safari`. What cannot be told is left out. An iPad that asks
 * for desktop sites says it is a Mac, and is one here.
 */
export function readDevice(headers: Headers): Context['device'] & object {
  const agent = headers.get('user-agent')?.slice(0, MAX_USER_AGENT) ?? ''
  // `"Chrome OS"`, quoted as it comes.
  const platform = headers.get('sec-ch-ua-platform')?.replace(/[" ]/g, '').toLowerCase()
  const type = headers.get('sec-ch-ua-mobile') === '?1' ? 'mobile' : firstMatch(TYPES, agent)
  const os = SYSTEMS.find(([name]) => name === platform)?.[0] ?? firstMatch(SYSTEMS, agent)
  const known = Object.entries({ type, os, browser: firstMatch(BROWSERS, agent) }).filter(([, name]) => name)
  return Object.fromEntries(known)
}

function firstMatch(patterns: Patterns, agent: string): string | undefined {
  return patterns.find(([, pattern]) => pattern.test(agent))?.[0]
}
