import { type CollectorOptions, createIdentity, createReplayGuard } from '@attune/collector'
import { createNodeHandler } from '@attune/collector/node'
import type { Route } from '@attune/collector/roles'
import type { IntakeStore, VisitorMerging } from '@attune/storage'
import type { ConsentLog } from '@attune/storage/consent'
import { type Call, type Command, textOptions } from '../command.ts'
import type { Rules } from '../ruleset/open-rules.ts'
import { noteRefused } from './note-refused.ts'
import type { NodeHandler } from './open-server.ts'
import type { NoteRefusal } from './record-refusals.ts'

/** Where servers of the site say who signs in, and what they know of their users. */
export const IDENTIFY_PATH = '/attune/identify'
/** Where a page of the site signs its visitor out. */
export const SIGN_OUT_PATH = '/attune/sign-out'
/** Where the preference centre reads what is known of its visitor. */
export const TRAITS_PATH = '/attune/traits'

/** The option that names what browsers are told. */
export const IDENTITY_OPTIONS: Command['options'] = {
  'show-trait': {
    type: 'string',
    value: '<trait>',
    multiple: true,
    help: 'Tells a visitor’s own browser this trait of theirs, for the preference centre. Repeatable. Default none.',
  },
}

/** Who answers them. */
export interface IdentityHandlers {
  /** Without a secret of servers nothing does. */
  readonly identify?: NodeHandler | undefined
  readonly signOut: NodeHandler
  readonly traits: NodeHandler
}

/** What they are made of. */
export interface IdentityParts {
  readonly options: Omit<CollectorOptions, 'ruleset' | 'store'>
  readonly rules: Rules
  readonly store: IntakeStore & VisitorMerging
  /** Where it is noted whose proofs of before a sign-in are. */
  readonly log: ConsentLog
  readonly serverSecret: string | undefined
  readonly shownTraits: readonly string[]
  /** Writes down whose signature was wrong; without it nobody does. */
  readonly noteRefusal?: NoteRefusal | undefined
}

/** Reads which traits may be shown. */
export function readShownTraits(call: Call): readonly string[] {
  return textOptions(call, 'show-trait')
}

/** Creates them. */
export function answerIdentity({ options, rules, noteRefusal, ...rest }: IdentityParts): IdentityHandlers {
  // A signature that was used stays used when another ruleset comes.
  const replays = createReplayGuard()
  const identity = rules.use((ruleset) => createIdentity({ ...options, ...rest, ruleset, replays }))
  const identify = createNodeHandler(
    noteRefused(IDENTIFY_PATH, (request) => identity().identify(request), noteRefusal),
  )
  return {
    ...(rest.serverSecret === undefined ? {} : { identify }),
    signOut: createNodeHandler((request) => identity().leave(request)),
    traits: createNodeHandler((request) => identity().traits(request)),
  }
}

/** The routes, each with who may use it. */
export function identityRoutes(
  { identify, signOut, traits }: IdentityHandlers,
  nobody: NodeHandler,
): readonly (Route & { readonly answer: NodeHandler })[] {
  return [
    {
      path: IDENTIFY_PATH,
      access: { proof: 'each word is signed with ATTUNE_SERVER_SECRET' },
      answer: identify ?? nobody,
    },
    {
      path: SIGN_OUT_PATH,
      access: { open: 'a page of the site forgets its own visitor; nothing is read out' },
      answer: signOut,
    },
    {
      path: TRAITS_PATH,
      access: { open: 'tells a browser of its own visitor alone, and only traits that --show-trait names' },
      answer: traits,
    },
  ]
}
