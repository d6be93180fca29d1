import { expect, test } from 'vitest'
import { readTicket, writeTicket } from '../../src/live/ticket.ts'
import { KEYS, NOW, VISITOR, visitorCookie } from '../builders.ts'

const site = { keys: KEYS, site: 'site' }
const NONE = new Headers()
const PHONE = new Headers({
  'sec-ch-ua-mobile': '?1',
  'sec-ch-ua-platform': '"Chrome OS"',
  'accept-language': 'de-CH, fr;q=0.9',
})

test('a ticket is its visitor’s for a minute', () => {
  const ticket = writeTicket(site, VISITOR, NOW, NONE)
  expect(readTicket(site, ticket, NOW)).toEqual({ visitor: VISITOR, hints: {} })
  expect(readTicket(site, ticket, NOW + 60_000)?.visitor).toBe(VISITOR)
  expect(readTicket(site, ticket, NOW + 61_000)).toBeUndefined()
  expect(readTicket(site, ticket, NOW - 61_000)).toBeUndefined()
  expect(readTicket({ ...site, site: 'other' }, ticket, NOW)).toBeUndefined()
})

test('it says what its page’s browser says, which some browsers leave out where a socket begins', () => {
  expect(readTicket(site, writeTicket(site, VISITOR, NOW, PHONE), NOW)?.hints).toEqual({
    'sec-ch-ua-mobile': '?1',
    'sec-ch-ua-platform': '"Chrome OS"',
    'accept-language': 'de-CH',
  })
  const odd = new Headers({
    'sec-ch-ua-mobile': '?7',
    'sec-ch-ua-platform': '"a;b~c_d"',
    'accept-language': '*',
  })
  expect(readTicket(site, writeTicket(site, VISITOR, NOW, odd), NOW)).toEqual({ visitor: VISITOR, hints: {} })
})

test('what is changed, or sealed for something else, is no ticket', () => {
  const ticket = writeTicket(site, VISITOR, NOW, PHONE)
  for (let at = 0; at < ticket.length; at++) {
    const changed = ticket.slice(0, at) + (ticket[at] === 'A' ? 'B' : 'A') + ticket.slice(at + 1)
    expect(readTicket(site, changed, NOW)).toBeUndefined()
  }
  for (const text of ['', 'x', visitorCookie(), `${ticket}~`, ticket.repeat(10)]) {
    expect(readTicket(site, text, NOW)).toBeUndefined()
  }
})
