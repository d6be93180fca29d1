import { expect, test } from 'vitest'
import { readTicket, writeTicket } from '../../src/live/ticket.ts'
import { KEYS, NOW, VISITOR, visitorCookie } from '../builders.ts'

const site = { keys: KEYS, site: 'site' }

test('a ticket is its visitor’s for a minute', () => {
  const ticket = writeTicket(site, VISITOR, NOW)
  expect(readTicket(site, ticket, NOW)).toBe(VISITOR)
  expect(readTicket(site, ticket, NOW + 60_000)).toBe(VISITOR)
  expect(readTicket(site, ticket, NOW + 61_000)).toBeUndefined()
  expect(readTicket(site, ticket, NOW - 61_000)).toBeUndefined()
  expect(readTicket({ ...site, site: 'other' }, ticket, NOW)).toBeUndefined()
})

test('what is changed, or sealed for something else, is no ticket', () => {
  const ticket = writeTicket(site, VISITOR, NOW)
  for (let at = 0; at < ticket.length; at++) {
    const changed = ticket.slice(0, at) + (ticket[at] === 'A' ? 'B' : 'A') + ticket.slice(at + 1)
    expect(readTicket(site, changed, NOW)).toBeUndefined()
  }
  for (const text of ['', 'x', visitorCookie(), `${ticket}~`, ticket.repeat(10)]) {
    expect(readTicket(site, text, NOW)).toBeUndefined()
  }
})
