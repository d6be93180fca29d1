import {
  type AskRights,
  type AuditedAct,
  type CollectorOptions,
  createButtonGuard,
  createMyData,
  createRights,
  pseudonymsOf,
  type RightsCaller,
} from '@attune/collector'
import { createNodeHandler } from '@attune/collector/node'
import type { Route } from '@attune/collector/roles'
import type { IntakeStore, VisitorRights } from '@attune/storage'
import type { ConsentLog } from '@attune/storage/consent'
import type { Rules } from '../ruleset/open-rules.ts'
import { noteRefused } from './note-refused.ts'
import type { NodeHandler } from './open-server.ts'
import type { NoteRefusal } from './record-refusals.ts'

/** Where visitors see what is kept of them. */
export const MY_DATA_PATH = '/attune/my-data'
export const MY_DATA_DOWNLOAD_PATH = '/attune/my-data/download'
export const MY_DATA_ERASE_PATH = '/attune/my-data/erase'
/** Where servers of the site ask for what is kept of a visitor. */
export const RIGHTS_EXPORT_PATH = '/attune/rights/export'
export const RIGHTS_ERASE_PATH = '/attune/rights/erase'
/** Where people do whose role it is. */
export const OFFICER_EXPORT_PATH = '/attune/officer/export'
export const OFFICER_ERASE_PATH = '/attune/officer/erase'

/** Answers a request of `node:http`, and is told who calls where a role was asked for. */
export type CallerHandler = (
  incoming: Parameters<NodeHandler>[0],
  outgoing: Parameters<NodeHandler>[1],
  caller?: RightsCaller,
) => Promise<void>

/** Who answers whom about what is kept. */
export interface RightsHandlers {
  readonly myData: NodeHandler
  /** Answer servers and people with a role; without a log in which that is written down nothing does. */
  readonly export?: CallerHandler | undefined
  readonly erase?: CallerHandler | undefined
}

/** What they are made of. */
export interface RightsParts {
  readonly options: Omit<CollectorOptions, 'ruleset' | 'store'>
  readonly rules: Rules
  readonly store: IntakeStore & VisitorRights
  readonly log: ConsentLog
  readonly serverSecret: string | undefined
  /** Writes down who asked; without it only visitors themselves are answered. */
  readonly writeDown: AuditedAct | undefined
  /** Writes down whose signature was wrong; without it nobody does. */
  readonly noteRefusal?: NoteRefusal | undefined
}

/** Creates them. */
export function answerRights(parts: RightsParts): RightsHandlers {
  const { options, rules, store, log, serverSecret, writeDown, noteRefusal } = parts
  // A button that was pressed stays pressed when another ruleset comes.
  const replays = createButtonGuard()
  const myData = rules.use((ruleset) => createMyData({ ...options, ruleset, store, log, writeDown, replays }))
  const shown = { myData: createNodeHandler((request) => myData().handle(request)) }
  if (writeDown === undefined) return shown
  const { secret, site = 'site', clock, onError } = options
  const pseudonyms = (visitor: string) => pseudonymsOf(secret, site, visitor)
  const rights = createRights({ store, log, pseudonyms, serverSecret, site, writeDown, clock, onError })
  return {
    ...shown,
    export: toHandler(noteRefused(RIGHTS_EXPORT_PATH, rights.export, noteRefusal)),
    erase: toHandler(noteRefused(RIGHTS_ERASE_PATH, rights.erase, noteRefusal)),
  }
}

/** The routes, each with who may use it. */
export function rightsRoutes(
  { myData, export: exported, erase }: RightsHandlers,
  nobody: NodeHandler,
): readonly (Route & { readonly answer: CallerHandler })[] {
  const own = { proof: 'the visitor’s signed cookie, and for buttons what their own page was given' }
  const signed = { proof: 'each question is signed with ATTUNE_SERVER_SECRET' }
  return [
    { path: MY_DATA_PATH, access: own, answer: myData },
    { path: MY_DATA_DOWNLOAD_PATH, access: own, answer: myData },
    { path: MY_DATA_ERASE_PATH, access: own, answer: myData },
    { path: RIGHTS_EXPORT_PATH, access: signed, answer: exported ?? nobody },
    { path: RIGHTS_ERASE_PATH, access: signed, answer: erase ?? nobody },
    { path: OFFICER_EXPORT_PATH, access: { permission: 'visitor.export' }, answer: exported ?? nobody },
    { path: OFFICER_ERASE_PATH, access: { permission: 'visitor.erase' }, answer: erase ?? nobody },
  ]
}

function toHandler(ask: AskRights): CallerHandler {
  return (incoming, outgoing, caller) =>
    createNodeHandler((request) => ask(request, caller))(incoming, outgoing)
}
