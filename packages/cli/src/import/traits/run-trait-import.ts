import { createAccounts } from '@attune/collector'
import { DEFAULT_PURPOSE, isGranted, own, PURPOSES } from '@attune/core'
import { publishRuleset } from '@attune/core/publish'
import { type Call, CannotRun, type ExitCode, isSet, textOption } from '../../command.ts'
import { type Io, write } from '../../io.ts'
import { openStore } from '../../options/open-store.ts'
import { readRuleset } from '../../options/read-ruleset.ts'
import { requireSecret } from '../../options/read-secret.ts'
import { openInput } from '../../replay/open-input.ts'
import { writeDown } from '../../rights/write-down.ts'
import { didYouMean } from '../../terminal/near-name.ts'
import { createProgress } from '../../terminal/progress.ts'
import type { ImportReport } from './import-report.ts'
import { importRows, type RejectedRow, readHeader } from './import-rows.ts'
import { type Columns, matchColumns, type TraitDefinitions } from './match-columns.ts'
import { readTraitImport, type TraitImport } from './read-import-options.ts'
import { readRows } from './read-rows.ts'
import { createRejectsFile } from './rejects-file.ts'
import { renderReject, renderTraitImport } from './render-trait-import.ts'
import { createEmptyStore, createTellRow } from './tell-store.ts'

// More than this nobody reads; the file of rejects has them all.
const SHOWN = 10

/** `attune import traits`: tells what a file says of a site's users. */
export async function runTraitImport(call: Call, io: Io, file: string): Promise<ExitCode> {
  const asked = await readTraitImport(call, file, io.now())
  const report = asked.isDry
    ? await importFile(call, io, asked)
    : await writeDown(call, io, { action: 'traits.import' }, async () => {
        const value = await importFile(call, io, asked)
        const { rows, taken, known, rejected } = value
        return { value, counts: { rows, taken, known, rejected, ...affirmed(asked) } }
      })
  if (isSet(call, 'json')) await write(io.stdout, `${JSON.stringify(report)}\n`)
  else await write(io.stdout, renderTraitImport(report, asked))
  return report.rejected > 0 || report.isStopped ? 1 : 0
}

async function importFile(call: Call, io: Io, asked: TraitImport): Promise<ImportReport> {
  const ruleset = readRuleset(asked.ruleset)
  const traits = ruleset.traits ?? {}
  const secret = requireSecret(io.env, 'make the ids of accounts')
  const site = textOption(call, 'site')
  const input = await openInput(asked.file)
  const rows = readRows(input.bytes, asked.delimiter)
  const columns = matchColumns(await readHeader(rows), traits, asked)
  checkTellable(columns, traits, asked)
  const opened = asked.isDry ? undefined : await openStore(call, io.env, () => {})
  const store = opened?.store ?? createEmptyStore()
  const rejects = createRejectsFile(asked.rejects, columns.header, asked.delimiter)
  const progress = createProgress(io, input.totalBytes, 'rows')
  let isStopped = false
  void io.untilStopped().then(() => {
    isStopped = true
  })
  let shown = 0
  const onReject = async (row: RejectedRow): Promise<void> => {
    if (!asked.isDry) await rejects.add(row.line, problemOf(row), row.cells)
    if (shown++ >= SHOWN) return
    progress.end()
    await write(io.stderr, renderReject(row))
  }
  try {
    const telling = { ...asked, ruleset: publishRuleset(ruleset), secret, site, store }
    const counts = await importRows(rows, {
      columns,
      traits,
      separator: asked.separator,
      fromLine: asked.fromLine,
      tell: createTellRow({ ...telling, accounts: createAccounts(secret, site) }),
      onReject,
      onProgress: (done) => progress.update(input.bytesRead(), done),
      isStopped: () => isStopped,
    })
    const isKept = await rejects.close()
    return {
      file: asked.file,
      ...(opened === undefined ? {} : { store: opened.where }),
      columns: { leftOut: columns.leftOut, traits: columns.traits },
      ...counts,
      ...(isKept ? { rejects: asked.rejects } : {}),
      isStopped,
    }
  } finally {
    progress.end()
    await store.close()
  }
}

// What would be left out of every row is told before the first.
function checkTellable(columns: Columns, traits: TraitDefinitions, { consent, source }: TraitImport): void {
  for (const { trait } of columns.traits) {
    const { purpose = DEFAULT_PURPOSE, sources } = traits[trait] ?? {}
    if (!isGranted(consent, purpose)) {
      throw new CannotRun(
        `The trait ${trait} is for ${purpose}. Say --consent preferences,${purpose} if all in the file granted it, or take the column out.`,
      )
    }
    if (sources === undefined || own(sources, source) !== undefined) continue
    const known = Object.keys(sources)
    throw new CannotRun(
      `The ruleset does not let ${source} tell the trait ${trait}.${didYouMean(source, known)} Its sources are ${known.join(', ')}: name one with --source.`,
    )
  }
}

// What whoever imported affirmed.
function affirmed({ consent }: TraitImport): { readonly [name: string]: number } {
  const granted = PURPOSES.filter((purpose) => purpose !== 'functional' && isGranted(consent, purpose))
  return Object.fromEntries(granted.map((purpose) => [`consent.${purpose}`, 1]))
}

function problemOf({ column, problem }: RejectedRow): string {
  return column === '' ? `The row ${problem}` : `${column} ${problem}`
}
