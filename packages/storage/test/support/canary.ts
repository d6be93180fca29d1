import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AttuneEvent } from '@attune/core'
import { NOON, PLAN } from '../../src/contract/builders.ts'
import type { IntakeStore } from '../../src/profile-store.ts'

/** Stands in every field of the visitor who is erased, and nowhere else. */
export const CANARY = 'kanarienvogel'

/** An event with the mark in every field that takes text. */
export function markedEvent(mark: string, at: number): AttuneEvent {
  const own = `${mark}-${at}`
  return {
    id: `${own}-id`,
    name: at % 3 === 0 ? 'view_item' : at % 3 === 1 ? 'add_to_cart' : 'purchase',
    time: NOON + at * 60_000,
    properties: {
      item_id: `${own}-item`,
      item_category: `${own}-category`,
      value: at % 90,
      [`${own}-key`]: own,
    },
    context: { utm: { source: `${own}-source`, campaign: `${own}-campaign` }, url: { path: `/${own}` } },
  } as AttuneEvent
}

/** Appends so that rows of the marked visitor lie among those of others, pages split and profiles grow and shrink. */
export async function plant(
  store: Pick<IntakeStore, 'append' | 'reject'>,
  visitor: string,
  rounds: number,
): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const batch = (mark: string) =>
      Array.from({ length: 1 + (round % 5) }, (_, at) => markedEvent(mark, round * 10 + at))
    const refused = (mark: string) => ({
      reason: 'wrong-type',
      time: NOON,
      event: `{"at":"${mark}-${round}${'x'.repeat((round * 97) % 3_000)}"}`,
    })
    await Promise.all([
      store.append({ visitor, events: batch(CANARY), plan: PLAN }),
      store.reject([
        { ...refused(CANARY), visitor },
        { ...refused('other'), visitor: 'other' },
      ]),
      ...Array.from({ length: 6 }, (_, at) =>
        store.append({ visitor: `other ${(round * 7 + at * 13) % 40}`, events: batch(`o${at}`), plan: PLAN }),
      ),
    ])
  }
}

/** The spellings in which the canary would still be readable. */
export function spellings(canary: string = CANARY): readonly Buffer[] {
  const raw = Buffer.from(canary)
  // Base64 has three spellings, by where in the text it begins; their first and last signs depend on the neighbours.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), raw])
      .toString('base64')
      .replace(/=+$/, '')
      .slice(shift === 0 ? 0 : 3, -2),
  )
  const percent = [...raw].map((byte) => `%${byte.toString(16).toUpperCase()}`).join('')
  const texts = [canary, ...base64, raw.toString('hex'), raw.toString('hex').toUpperCase(), percent]
  return [...texts.map((text) => Buffer.from(text)), Buffer.from(canary, 'utf16le')]
}

/** Where in the files of a folder, and of those in it, the canary can be read: file and place. */
export function findCanary(folder: string, canary?: string): readonly string[] {
  const forms = spellings(canary)
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile()) return []
    const file = join(entry.parentPath, entry.name)
    const bytes = readFileSync(file)
    return forms.flatMap((form) => {
      const at = bytes.indexOf(form)
      return at === -1 ? [] : [`${entry.name}: ${form.toString('latin1')} at ${at} of ${bytes.length}`]
    })
  })
}
