import { writeFile } from 'node:fs/promises'
import { CannotRun, type Command, type ExitCode, isSet, textOption } from '../command.ts'
import { buildDictionary } from '../dictionary/build-dictionary.ts'
import { renderHtml } from '../dictionary/render-html.ts'
import { renderMarkdown } from '../dictionary/render-markdown.ts'
import { write } from '../io.ts'
import { readRuleset } from '../options/read-ruleset.ts'
import { describeFileTrouble } from '../streams/file-trouble.ts'

/** `attune dictionary`: writes what a ruleset collects and what for, as a page. */
export const dictionary: Command = {
  name: 'dictionary',
  summary: 'Writes what a ruleset collects, of what type, with which consent and what for, as a page.',
  arguments: [{ name: 'ruleset', help: 'The JSON file.' }],
  options: {
    html: { type: 'boolean', help: 'Writes a page for browsers; it needs nothing else.' },
    md: { type: 'boolean', help: 'Writes Markdown; the default.' },
    out: { type: 'string', value: '<file>', help: 'Where to write; default standard output.' },
  },
  notes: ['Exit code 2 for a file that cannot be read or written, or a ruleset that is not sound.'],
  examples: ['attune dictionary ruleset.json', 'attune dictionary ruleset.json --html --out dictionary.html'],
  async run(call, io): Promise<ExitCode> {
    if (isSet(call, 'html') && isSet(call, 'md'))
      throw new CannotRun('--html and --md are two pages. Choose one.')
    const built = buildDictionary(readRuleset(call.arguments[0]!))
    const text = isSet(call, 'html') ? renderHtml(built) : renderMarkdown(built)
    const out = textOption(call, 'out')
    if (out === undefined) await write(io.stdout, text)
    else {
      await writeFile(out, text).catch((error) => {
        throw new CannotRun(describeFileTrouble(out, error))
      })
    }
    return 0
  },
}
