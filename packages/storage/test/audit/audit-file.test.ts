import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openAppendFile } from '../../src/audit/append-file.ts'
import { AuditWriteError } from '../../src/audit/audit-log.ts'
import { createFileSink } from '../../src/audit/file-sink.ts'
import { AuditDamagedError, type AuditFileOptions, openAuditFile } from '../../src/audit/open-audit-file.ts'
import { verifyAuditFile } from '../../src/audit/verify-audit-file.ts'
import { KEY, type MadeFile, makeEntry, makeFile } from './make-log.ts'

interface Place {
  readonly path: string
  readonly headPath: string
  readonly repairs: string[]
  open(more?: Partial<AuditFileOptions>): ReturnType<typeof openAuditFile>
  verify(): ReturnType<typeof verifyAuditFile>
}

function makePlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'attune-audit-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [path, headPath] = [join(folder, 'audit.log'), join(folder, 'heads')]
  const repairs: string[] = []
  const onRepair = (message: string): void => void repairs.push(message)
  return {
    path,
    headPath,
    repairs,
    open: (more) => openAuditFile({ path, headPath, key: KEY, onRepair, ...more }),
    verify: () => verifyAuditFile({ path, headPath, key: KEY }),
  }
}

async function fill(place: Place, count: number, from = 0): Promise<void> {
  const log = await place.open()
  for (let index = from; index < from + count; index++) await log.record(makeEntry(index))
  await log.close()
}

test('a log goes on where it ended, readable by its owner alone', async () => {
  const place = makePlace()
  await fill(place, 3)
  await fill(place, 2, 3)
  expect(await place.verify()).toMatchObject({ records: 5, heads: 5, problems: [] })
  expect(statSync(place.path).mode & 0o777).toBe(0o600)
  expect(place.repairs).toEqual([])
})

test('wherever a crash tears the last line, it is taken away, told of and recorded', async () => {
  const place = makePlace()
  await fill(place, 2)
  const whole = readFileSync(place.path, 'utf8')
  const heads = readFileSync(place.headPath, 'utf8')
  await fill(place, 1, 2)
  const next = readFileSync(place.path, 'utf8').slice(whole.length)
  for (let kept = 1; kept < next.length; kept += 37) {
    writeFileSync(place.path, whole + next.slice(0, kept))
    writeFileSync(place.headPath, heads)
    expect((await place.verify()).problems).toMatchObject([{ code: 'torn' }])
    const log = await place.open()
    await log.close()
    expect(place.repairs.pop()).toContain(`${kept} bytes of a record that was never acknowledged`)
    expect(JSON.parse(readFileSync(place.path, 'utf8').slice(whole.length))).toMatchObject({
      seq: 3,
      action: 'audit.repair',
      counts: { bytes: kept },
    })
    expect(await place.verify()).toMatchObject({ records: 3, problems: [] })
  }
})

test('what a disk never wrote of the last line is taken away with it', async () => {
  const place = makePlace()
  await fill(place, 2)
  appendFileSync(place.path, '{"version":1,"se\0\0\0\0')
  await fill(place, 1, 2)
  expect(place.repairs).toHaveLength(1)
  expect((await place.verify()).problems).toEqual([])
})

test.each(['path', 'headPath'] as const)(
  'another file that is named as %s by mistake is left as it is',
  async (which) => {
    const place = makePlace()
    for (const text of [
      '{"version":1,"important":"data"}',
      '{"seq":"data"}',
      'text without an end',
      'a\nb',
    ]) {
      writeFileSync(place[which], text)
      await expect(place.open()).rejects.toThrow(AuditDamagedError)
      expect(readFileSync(place[which], 'utf8')).toBe(text)
    }
  },
)

test('two who open one log at the same time write one after the other', async () => {
  const place = makePlace()
  const one = async (index: number): Promise<void> => {
    const log = await place.open({ wait: 60_000 })
    await log.record(makeEntry(index))
    await log.close()
  }
  await Promise.all([0, 1, 2].map(one))
  expect(await place.verify()).toMatchObject({ records: 3, heads: 3, problems: [] })
})

test('a crash between a record and its head is made good', async () => {
  const place = makePlace()
  await fill(place, 2)
  const heads = readFileSync(place.headPath, 'utf8')
  writeFileSync(place.headPath, heads.split('\n')[0]!.concat('\n'))
  await fill(place, 1, 2)
  expect(await place.verify()).toMatchObject({ records: 3, heads: 3, problems: [] })
})

test('a log that was cut is not gone on with, nor one whose last record was altered', async () => {
  const place = makePlace()
  await fill(place, 3)
  const whole = readFileSync(place.path, 'utf8')
  truncateSync(place.path, whole.lastIndexOf('\n', whole.length - 2) + 1)
  await expect(place.open()).rejects.toThrow(AuditDamagedError)
  expect((await place.verify()).problems).toMatchObject([{ code: 'cut' }])
  writeFileSync(place.path, whole.replace(/desk-2/g, 'desk-3'))
  await expect(place.open()).rejects.toThrow('Record 3 is not as it was written')
  rmSync(place.path)
  await expect(place.open()).rejects.toThrow('the head of record 3 was published')
})

test('heads among other lines of a log are found', async () => {
  const place = makePlace()
  const printed: string[] = []
  const log = await openAuditFile({
    path: place.path,
    key: KEY,
    onRepair: () => {},
    publish: ({ seq, hash }) => void printed.push(`12:00 audit head {"seq":${seq},"hash":"${hash}"}`),
  })
  for (let index = 0; index < 3; index++) await log.record(makeEntry(index))
  await log.close()
  appendFileSync(place.headPath, `started\n${printed.join('\n')}\n{"seq":`)
  expect(await place.verify()).toMatchObject({ records: 3, heads: 3, problems: [] })
})

const openMade = (file: MadeFile, heads: MadeFile = makeFile()) =>
  openAuditFile({
    path: 'log',
    headPath: 'heads',
    key: KEY,
    onRepair: () => {},
    open: async (path) => (path === 'log' ? file : heads),
  })

test('on a full disk nothing is recorded and nothing half; with room again it goes on', async () => {
  const file = makeFile()
  const log = await openMade(file)
  await log.record(makeEntry(0))
  const before = file.text()
  for (let room = before.length; room < before.length + 300; room += 50) {
    file.trouble.room = room
    await expect(log.record(makeEntry(1))).rejects.toThrow(AuditWriteError)
    expect(file.text()).toBe(before)
  }
  delete file.trouble.room
  expect(await log.record(makeEntry(1))).toMatchObject({ seq: 2 })
})

test.each(['sync', 'truncate'] as const)(
  'after a failed %s nothing more is taken until it is opened anew',
  async (step) => {
    const file = makeFile()
    const log = await openMade(file)
    await log.record(makeEntry(0))
    file.trouble[step] = new Error('EIO')
    if (step === 'truncate') file.trouble.room = file.text().length + 10
    await expect(log.record(makeEntry(1))).rejects.toThrow(AuditWriteError)
    for (const key of ['sync', 'truncate', 'room'] as const) delete file.trouble[key]
    await expect(log.record(makeEntry(1))).rejects.toThrow('Open the log anew')
  },
)

test('a second writer is found before it could break the chain', async () => {
  const file = makeFile()
  const [one, other] = [await openMade(file), await openMade(file)]
  await one.record(makeEntry(0))
  await expect(other.record(makeEntry(1))).rejects.toThrow('somebody else writes to it')
})

test.skipIf(!existsSync('/dev/full'))('the system’s own full device refuses', async () => {
  const sink = createFileSink(await openAppendFile('/dev/full'), 0)
  onTestFinished(() => sink.close())
  await expect(sink.append('a record')).rejects.toThrow('ENOSPC')
  await expect(sink.append('a record')).rejects.toThrow()
})
