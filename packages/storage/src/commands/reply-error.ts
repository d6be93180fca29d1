import { StoreBusyError, StoreWriteError } from '../store-error.ts'

// Words that a Redis begins its error with when asking the same again a little later is all that is needed.
const PASSING = new Set(['BUSY', 'CLUSTERDOWN', 'LOADING', 'MASTERDOWN', 'TRYAGAIN'])

const CURES: { readonly [code: string]: string } = {
  MISCONF: 'Its disk is in trouble: see its log.',
  NOAUTH: 'Give it the user and the password that it asks for.',
  NOPERM: 'Allow this user the commands and keys of Attune.',
  OOM: 'Give it more memory, or keep visitors for a shorter time.',
  READONLY: 'Name the primary instead of the replica.',
  WRONGPASS: 'Give it the user and the password that it asks for.',
  WRONGTYPE:
    'Another program uses keys that begin with `attune:`: give this site another name, or remove them.',
}

/** The error of a store for an error that Redis answered, such as `OOM command not allowed …`. `from` names the driver. */
export function replyError(from: string, message: string): StoreBusyError | StoreWriteError {
  const code = /^[A-Z]+/.exec(message)?.[0] ?? 'ERR'
  const said = `[storage] ${from}: Redis answered ${firstLine(message)}`
  if (PASSING.has(code)) return new StoreBusyError(said)
  const cure = CURES[code]
  return new StoreWriteError(cure === undefined ? said : `${said} ${cure}`)
}

// What an unknown command was given is in its error, and may hold an id.
function firstLine(message: string): string {
  const line = message.split('\n')[0]!.replace(/, with args beginning with:.*$/, '')
  return /[.!?]$/.test(line) ? line : `${line}.`
}
