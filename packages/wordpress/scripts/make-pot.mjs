// Makes languages/attune.pot, from which translators begin: every text of the PHP, of the built scripts, of the blocks and of the
// plugin's own header. References name built scripts, by which WordPress finds the translations of a script.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gettextCalls } from './gettext-calls.mjs'

const DOMAIN = 'attune'
const BLOCK_TEXTS = { title: 'block title', description: 'block description', keywords: 'block keyword' }
const HEADER = `msgid ""
msgstr ""
"Project-Id-Version: Attune\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Domain: ${DOMAIN}\\n"
`

/**
 * Writes `languages/attune.pot` in a plugin folder that was built; tells how many texts it holds. `sources` of the scripts have the
 * words to translators that a build leaves out. The same files make the same template.
 */
export function makePot(plugin, sources) {
  const said = commentsIn(sources)
  const messages = messagesOf(plugin)
  for (const { id, comments } of messages) if (comments.size === 0 && said.has(id)) comments.add(said.get(id))
  mkdirSync(join(plugin, 'languages'), { recursive: true })
  writeFileSync(join(plugin, 'languages', `${DOMAIN}.pot`), [HEADER, ...messages.map(entryOf)].join('\n'))
  return messages.length
}

/** Every text of a plugin folder once, in the order of its files: `{ id, plural, context, comments, references }`. */
export function messagesOf(plugin) {
  const messages = new Map()
  for (const path of filesBelow(plugin)) {
    for (const { id, plural, context, comment } of textsOf(path, readFileSync(join(plugin, path), 'utf8'))) {
      const key = JSON.stringify([context, id])
      const known = messages.get(key) ?? { id, context, comments: new Set(), references: new Set() }
      known.plural ??= plural
      if (comment !== undefined) known.comments.add(comment)
      known.references.add(path)
      messages.set(key, known)
    }
  }
  return [...messages.values()]
}

function commentsIn(sources) {
  const files = readdirSync(sources, { recursive: true }).filter(
    (path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'),
  )
  const calls = files
    .sort()
    .flatMap((path) => gettextCalls(readFileSync(join(sources, path), 'utf8'), DOMAIN))
  return new Map(calls.flatMap(({ id, comment }) => (comment === undefined ? [] : [[id, comment]])))
}

function textsOf(path, source) {
  if (path.endsWith('block.json')) return blockTexts(JSON.parse(source))
  const header = path === 'attune.php' ? headerTexts(source) : []
  return [...header, ...gettextCalls(source, DOMAIN)]
}

function blockTexts(block) {
  return Object.entries(BLOCK_TEXTS).flatMap(([name, context]) =>
    [block[name] ?? []].flat().map((id) => ({ id, context })),
  )
}

function headerTexts(source) {
  return ['Plugin Name', 'Description', 'Author'].map((name) => {
    const [, id] = new RegExp(`^ \\* ${name}:\\s*(.+)$`, 'm').exec(source)
    return { id, comment: `${name} of the plugin` }
  })
}

function filesBelow(plugin) {
  const below = ['includes', 'patterns', 'build'].flatMap((folder) =>
    readdirSync(join(plugin, folder), { recursive: true }).map(
      (path) => `${folder}/${path.replaceAll('\\', '/')}`,
    ),
  )
  const isRead = (path) => /\.php$|\/block\.json$|^build\/.*\.js$/.test(path) && !path.endsWith('.asset.php')
  return ['attune.php', ...below.filter(isRead).sort()]
}

function entryOf({ id, plural, context, comments, references }) {
  const format = [...references].some((path) => path.endsWith('.js')) ? 'js-format' : 'php-format'
  return [
    ...[...comments].map((comment) => `#. ${comment.replace(/\s+/g, ' ')}`),
    ...[...references].map((path) => `#: ${path}`),
    ...(/%(?:\d+\$)?[sd]/.test(id) ? [`#, ${format}`] : []),
    ...(context === undefined ? [] : [`msgctxt ${quoted(context)}`]),
    `msgid ${quoted(id)}`,
    ...(plural === undefined
      ? ['msgstr ""']
      : [`msgid_plural ${quoted(plural)}`, 'msgstr[0] ""', 'msgstr[1] ""']),
    '',
  ].join('\n')
}

const quoted = (text) => `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t')}"`
