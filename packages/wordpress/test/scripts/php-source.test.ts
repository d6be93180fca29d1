import { expect, test } from 'vitest'
import { declarationsOf, inline, namesIn, qualify, scalarOf } from '../../scripts/php-source.mjs'

const BODY = `/** How many. */
const MANY = 1_000; // Of them.
const LIST = array(
	'a' => MANY,
);

/** Counts. */
function count_them( array $of ): int {
	// strlen( nothing )
	return count( $of ) + MANY;
}

final class Kept {
	public function count( int $n ): int {
		return self::MANY + $this->count( strlen( 'count( MANY )' ) );
	}
}`

test('a body is its declarations, each with its comments', () => {
  expect(declarationsOf(BODY).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'const MANY',
    'const LIST',
    'function count_them',
    'class Kept',
  ])
  expect(
    declarationsOf(BODY)
      .map(({ text }) => text)
      .join('\n\n'),
  ).toBe(BODY.replace('Of them.\n', 'Of them.\n\n'))
})

test('a constant that is a number or a plain text has a value; a list has none', () => {
  expect(declarationsOf(BODY).map(scalarOf)).toEqual(['1_000', undefined, undefined, undefined])
  expect(scalarOf({ name: 'NEVER', kind: 'const', text: 'const NEVER = PHP_INT_MAX;' })).toBe('\\PHP_INT_MAX')
  expect(scalarOf({ name: 'TWICE', kind: 'const', text: 'const TWICE = 2 * MANY;' })).toBeUndefined()
})

test('calls of PHP are named as such; ours, methods, texts, comments and words of the language are left', () => {
  const own = new Set(['count_them'])
  const qualified = qualify(
    `${BODY}\n$x = array( count_them( isset( $a ) ), new Kept(), fn( $y ) => trim( $y ) );`,
    own,
  )
  expect(qualified).toContain('return \\count( $of ) + MANY;')
  expect(qualified).toContain("$this->count( \\strlen( 'count( MANY )' ) )")
  expect(qualified).toContain('// strlen( nothing )')
  expect(qualified).toContain('public function count( int $n )')
  expect(qualified).toContain('array( count_them( isset( $a ) ), new Kept(), fn( $y ) => \\trim( $y ) )')
})

test('a constant is its value wherever it is read, and keeps its name where it is declared', () => {
  const values = new Map([['MANY', '1_000']])
  expect(inline('const MANY = 1;\n$a = MANY === $b ? MANY : self::MANY;', values)).toBe(
    'const MANY = 1;\n$a = 1_000 === $b ? 1_000 : self::MANY;',
  )
  expect(inline("array( MANY => 'MANY' ) // MANY", values)).toBe("array( 1_000 => 'MANY' ) // MANY")
  expect(inline('Core\\MANY + MANY', values, String.raw`Core\\`)).toBe('1_000 + MANY')
})

test('names in comments are not used', () => {
  expect([...namesIn("/** MANY */ one( 'two' ); // three")]).toEqual(['one', 'two'])
})
