import { parentPort, workerData } from 'node:worker_threads'
import type { SignalPlan } from '@attune/core'
import { appendBatch, loadProfile, rehearseBatch } from './sqlite-append.ts'
import { type Database, failureOf, openDatabase } from './sqlite-database.ts'
import { eraseVisitor, exportVisitor, scrub } from './sqlite-erase.ts'
import { mergeVisitors } from './sqlite-merge.ts'
import {
  type Outcome,
  type Question,
  type Questions,
  type Reply,
  STARTED,
  type Write,
} from './sqlite-messages.ts'
import { absorbedBy } from './sqlite-moved.ts'
import { countRejected, dropRejected, listRejected, rejectEvents } from './sqlite-reject.ts'
import { sweepSlice } from './sqlite-sweep.ts'
import type { WorkerStart } from './start-worker.ts'

// The thread that waits for the disk, so that the host's event loop never does.
const { path, busyTimeout, givenUp } = workerData as WorkerStart
const plans = new Map<string, SignalPlan>()
let database: Database | undefined

parentPort!.postMessage(STARTED)
parentPort!.on('message', (question: Question) => {
  for (const plan of question.plans) plans.set(plan.id, plan)
  parentPort!.postMessage(replyTo(question))
  // What was posted is still delivered.
  if (question.kind === 'close') parentPort!.close()
})

function replyTo(question: Question): Reply {
  const { id } = question
  // Its asker was told that it was not done.
  if (isGivenUp(question)) return { id, ok: false, failure: { code: 'busy', message: 'given up' } }
  try {
    return { id, ok: true, answer: answer(question) }
  } catch (error) {
    const failure = failureOf(error)
    // After a failed read or write nothing that this connection holds in memory is trusted.
    if (failure.code === 'write') closeDatabase()
    return { id, ok: false, failure }
  }
}

function isGivenUp({ id, kind }: Question): boolean {
  return kind !== 'close' && id <= Atomics.load(givenUp, 0)
}

function answer({ kind, ask }: Question): Questions[typeof kind]['answer'] {
  switch (kind) {
    case 'write':
      return writeGroup(open(), ask.writes)
    case 'load': {
      const opened = open()
      return opened.snapshot(() => loadProfile(opened, ask.visitor, plans.get(ask.plan)!))
    }
    case 'rehearse': {
      const opened = open()
      return opened.snapshot(() => rehearseBatch(opened, ask.visitor, ask.events, plans.get(ask.plan)!))
    }
    case 'counts':
      return countRejected(open())
    case 'rejected':
      return listRejected(open(), ask)
    case 'drop': {
      const opened = open()
      opened.transaction(() => dropRejected(opened, ask.ids))
      return null
    }
    case 'export': {
      const opened = open()
      return opened.snapshot(() => exportVisitor(opened, ask.visitor))
    }
    case 'erase': {
      const opened = open()
      const erased = opened.transaction(() => eraseVisitor(opened, ask.visitor, ask.at))
      return { ...erased, leftovers: ask.isLeft ? [] : scrub(opened, ask.vacuumBelow) }
    }
    case 'merge': {
      const opened = open()
      return opened.transaction(() => mergeVisitors(opened, ask, plans.get(ask.plan)!))
    }
    case 'absorbed':
      return absorbedBy(open(), ask.into)
    case 'sweep': {
      const opened = open()
      return opened.transaction(() => sweepSlice(opened, ask.now, ask.retention, ask.after))
    }
    case 'close':
      closeDatabase()
      return null
  }
}

// One transaction, and so one wait for the disk, for all that came together; one bad write does not cost the others.
function writeGroup(opened: Database, writes: readonly Write[]): readonly Outcome[] {
  return opened.transaction(() =>
    writes.map((write): Outcome => {
      const attempt = opened.attempt(() => writeOne(opened, write))
      return attempt.ok ? { ok: true, answer: attempt.value } : attempt
    }),
  )
}

function writeOne(opened: Database, write: Write) {
  if (write.kind === 'append') {
    return appendBatch(opened, write.visitor, write.events, plans.get(write.plan)!)
  }
  rejectEvents(opened, write.rejected)
  return null
}

function open(): Database {
  database ??= openDatabase(path, busyTimeout, plans)
  return database
}

function closeDatabase(): void {
  const closing = database
  database = undefined
  closing?.close()
}
