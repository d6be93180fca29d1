import { expect, test } from 'vitest'
import { type GettextCall, gettextCalls } from '../../scripts/gettext-calls.mjs'

const found = (source: string): readonly Partial<GettextCall>[] =>
  gettextCalls(source, 'attune').map((call) =>
    Object.fromEntries(Object.entries(call).filter(([name, value]) => name !== 'at' && value !== undefined)),
  )

test.each<[string, string, Partial<GettextCall>]>([
  ['PHP', `esc_html__( 'It\\'s on', 'attune' )`, { id: "It's on" }],
  ['PHP with a context', `_x( 'Post', 'verb', 'attune' )`, { id: 'Post', context: 'verb' }],
  ['texts that are joined', `__( 'One ' . 'text', 'attune' )`, { id: 'One text' }],
  ['a built script', `(0,e.__)("“%s” \\u2026\\n","attune")`, { id: '“%s” …\n' }],
  [
    'one and many',
    `_n( '%d post', '%d posts', count( $posts, 1 ), 'attune' )`,
    { id: '%d post', plural: '%d posts' },
  ],
  [
    'a word to the translator',
    `/* translators: %s: a name. */ sprintf( __( 'Hello %s', 'attune' ), $name )`,
    { id: 'Hello %s', comment: 'translators: %s: a name.' },
  ],
  [
    'an argument over several lines, with a comment in it',
    `__(\n  // why\n  'Text, (so)',\n  'attune',\n)`,
    { id: 'Text, (so)' },
  ],
])('the text of %s is found', (_, source, wanted) => {
  expect(found(source)).toEqual([wanted])
})

test('a word to the translator is of the next text that has a place to fill, and of no other', () => {
  const source = `// translators: %d: seconds.
    check( __( 'Fresh', 'attune' ), sprintf( __( '%d s ago', 'attune' ), 1 ), __( '%s more', 'attune' ) )`
  expect(found(source)).toEqual([
    { id: 'Fresh', comment: 'translators: %d: seconds.' },
    { id: '%d s ago', comment: 'translators: %d: seconds.' },
    { id: '%s more' },
  ])
})

test('texts of others are left to them', () => {
  expect(found(`__( 'Save' ) . __( 'Save', 'default' ) . my__( 'x', 'attune' )`)).toEqual([])
})

test.each([`__( $text, 'attune' )`, `__( \`Hello \${name}\`, 'attune' )`, `__( 'a' . $b, 'attune' )`])(
  '%s cannot be given to a translator, and is told',
  (source) => {
    expect(() => gettextCalls(source, 'attune')).toThrow(/holds no plain text\. Write it out/)
  },
)
