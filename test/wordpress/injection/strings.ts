const SQL = [
  `' OR '1'='1`,
  `' OR 1=1 -- `,
  `'; DROP TABLE wp_posts; -- `,
  `1) UNION SELECT user_pass FROM wp_users -- `,
  `%' AND SLEEP(5) AND '%'='`,
  `\\' OR 1=1 #`,
  `'/**/OR/**/1=1/*`,
  `') OR post_status='private' -- `,
  `%s %1$s %d %i %%`,
  `{0123456789abcdef0123456789abcdef}%`,
  '`; DELETE FROM wp_options; -- ',
  `0x27204f5220313d31`,
]
const HTML = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `' onmouseover='alert(1)`,
  `</template></attune-placement><svg onload=alert(1)>`,
  `javascript:alert(1)`,
  `--><script>alert(1)</script><!--`,
  `<!-- wp:attune/adaptive {"placementId":"x"} /-->`,
  `<!-- wp:html --><b>x</b><!-- /wp:html -->`,
  `&lt;script&gt;&#60;b&#x3e;`,
  `\\u003cscript\\u003e`,
]
const PHP = [
  `O:8:"stdClass":1:{s:1:"a";i:1;}`,
  `a:1:{i:0;O:20:"WP_Block_Type_Registry":0:{}}`,
  `C:11:"ArrayObject":37:{x:i:0;a:0:{};m:a:0:{}}`,
  `<?php system('id'); ?>`,
  `phar://x.phar/y`,
  `php://filter/convert.base64-encode/resource=wp-config.php`,
]
const TEMPLATES = [
  '{{7*7}}',
  `\${7*7}`,
  '<%= 7*7 %>',
  '#{7*7}',
  '[attune segments="x"]a[attune:else]b',
  '[/attune][gallery][attune-value key="trait.first_name"]',
]
const HEADERS = [
  `a\r\nSet-Cookie: evil=1`,
  `a\nX-Evil: 1`,
  `%0d%0aLocation:%20//evil.example`,
  `a; attune_k=x; b=`,
  `"Chrome OS\\"`,
]
const PATHS = [
  `../../wp-config.php`,
  `..%2f..%2fwp-config.php%00.php`,
  `/etc/passwd`,
  `C:\\Windows\\win.ini`,
  `//evil.example/x`,
  `file:///etc/passwd`,
  `.htaccess`,
]
const UNICODE = [
  '\u202e\u2066cba',
  'Ａ＇＂＜＞',
  'e\u0301\u0327\u0489',
  '\ufeff\u200b\u200d',
  '𝕏🏳️‍🌈',
  '\u0000\u0001\u007f\u0085',
  'ı\u212a\u017f',
  'x'.repeat(3_000),
  '\ud800',
]

const BASES = [...SQL, ...HTML, ...PHP, ...TEMPLATES, ...HEADERS, ...PATHS, ...UNICODE]
const AROUND: readonly (readonly [string, string])[] = [
  ['', ''],
  [`'`, `'`],
  ['"', '"'],
  ['\\', '\\'],
  ['x', '%'],
  ['geo.', '.country'],
  ['v1.', '.AAAAAAAAAAA'],
  ['[', ']'],
  ['/*', '*/'],
  ['\t ', ' '],
]
const WRITTEN: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => encodeURIComponent(text.toWellFormed()),
  (text) => encodeURIComponent(encodeURIComponent(text.toWellFormed())),
  (text) =>
    text.replace(/[a-z]/gi, (letter, at) => (at % 2 === 0 ? letter.toUpperCase() : letter.toLowerCase())),
]

/** What every string ends with: it ends texts and attributes, and opens an element, where it is not escaped. */
const CANARY = `zq"'<zq>`

/** Where a string stands in a text of HTML without being escaped. */
export const UNESCAPED: RegExp = /zq["'<]|<zq/i

/** So many different strings that try to be more than text. */
export function injectionStrings(count: number): readonly string[] {
  const all = WRITTEN.flatMap((write) =>
    AROUND.flatMap(([before, after]) => BASES.map((base) => `${before}${write(base)}${after}${CANARY}`)),
  )
  const different = [...new Set(all)]
  if (different.length < count) throw new Error(`There are ${different.length} strings, not ${count}.`)
  // Spread over all of them.
  return Array.from({ length: count }, (_, at) => different[Math.floor((at * different.length) / count)]!)
}

/** As many plain words, to compare with; some in other letters, which WordPress looks at more closely. */
export function plainStrings(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => (at % 3 === 0 ? `wört${at}` : `word${at}`))
}

/** A string as its bytes, without those that no header can hold. */
export function asHeader(text: string): string {
  const bytes = Buffer.from(text, 'utf8').filter((byte) => byte === 9 || (byte >= 32 && byte !== 127))
  return Buffer.from(bytes).toString('latin1')
}
