import type { IntakeStore, RehearsingStore, VisitorMerging, VisitorRights } from '@attune/storage'
import {
  type ErasedAgain,
  type ErasedList,
  type ErasingAgain,
  eraseAgain,
  openErasedList,
  withErasedList,
} from '@attune/storage/erased'
import { PLAIN } from '@attune/storage/pseudonyms'
import { type Call, CannotRun, type OptionSpec, textOption } from '../command.ts'
import type { Io } from '../io.ts'
import { describeFileTrouble } from '../streams/file-trouble.ts'
import { readKeysAtRest } from './read-keys-at-rest.ts'

/** The option that names the list of whom was erased. */
export const ERASED_OPTION: OptionSpec = {
  type: 'string',
  value: '<file>',
  help: 'Whom was erased is listed there, on another volume than the store, so that a restored backup brings nobody back. Default ATTUNE_ERASED, else nowhere.',
}

/** Has stores list whom they erase. */
export interface ErasedFile {
  /** `asked`: the same store, without a queue before it. */
  around<Store extends Pick<RehearsingStore, 'rehearse'> | IntakeStore>(
    store: Store & VisitorRights & Partial<Pick<VisitorMerging, 'absorbedBy'>>,
    asked: Pick<RehearsingStore, 'rehearse'>,
  ): Store & VisitorRights
  /** Erases again, in the store that was put around last, whom a restored backup brought back. */
  eraseAgain(how?: ErasingAgain): Promise<ErasedAgain>
}

/**
 * The list that `--erased` or ATTUNE_ERASED names; `undefined` when neither does.
 * @throws CannotRun when ids are kept as they are, which the list is not to hold, or the file cannot be written.
 */
export async function openErasedFile(call: Call, env: Io['env']): Promise<ErasedFile | undefined> {
  const path = textOption(call, 'erased') ?? env.ATTUNE_ERASED ?? ''
  if (path === '') return undefined
  const secrets = readKeysAtRest(env)
  if (secrets === undefined || secrets.includes(PLAIN)) {
    throw new CannotRun(
      `--erased (or ATTUNE_ERASED) is to hold no ids, and ATTUNE_KEYS_AT_REST keeps them as they are. Set it to the output of \`openssl rand -base64 33\`, and move those of before with \`attune rekey\` until ${PLAIN} can be left out.`,
    )
  }
  const list = openErasedList(path)
  try {
    // Whoever is erased must not wait for a volume that is not there.
    await list.add([])
    await list.read()
    return createErasedFile(list)
  } catch (error) {
    throw new CannotRun(describeFileTrouble(path, error))
  }
}

function createErasedFile(list: ErasedList): ErasedFile {
  let inner: (VisitorRights & Pick<RehearsingStore, 'rehearse'>) | undefined
  return {
    around: (store, asked) => {
      const { erase, exportVisitor } = store
      inner = { rehearse: asked.rehearse, erase, exportVisitor }
      return withErasedList(store, list)
    },
    eraseAgain: (how) => {
      if (inner === undefined) throw new Error('[cli] erased list: no store was put around it.')
      return eraseAgain(inner, list, how)
    },
  }
}
