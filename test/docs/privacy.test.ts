import { describe, expect, test } from 'vitest'
import { createRedactor } from '../../packages/collector/src/redact/create-redactor.ts'
import { mayDo, PERMISSIONS, ROLES } from '../../packages/collector/src/roles/role.ts'
import { readPage } from './markdown.ts'

const { text } = readPage('docs/guide/privacy.md')

/** The rows of the table whose first header this is, cells without the signs of code. */
function tableOf(header: string): readonly (readonly string[])[] {
  const lines = text.slice(text.indexOf(`| ${header} |`)).split('\n')
  const end = lines.findIndex((line) => !line.startsWith('|'))
  return lines.slice(2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  )
}

describe('what is cleaned', () => {
  const redactor = createRedactor()

  test.each(tableOf('Sent'))('%s', (sent, kept) => {
    expect(redactor.text(sent)).toBe(kept)
  })
})

test('what each role may do', () => {
  const may = ROLES.map((role) => [
    role,
    PERMISSIONS.filter((permission) => mayDo(role, permission)).join(', '),
  ])
  expect(tableOf('Role')).toEqual(may)
})
