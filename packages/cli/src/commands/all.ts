import type { Command } from '../command.ts'
import { account } from './account.ts'
import { alarms } from './alarms.ts'
import { audit } from './audit.ts'
import { check } from './check.ts'
import { dictionary } from './dictionary.ts'
import { erase } from './erase.ts'
import { evaluate } from './evaluate.ts'
import { explain } from './explain.ts'
import { exportCommand } from './export.ts'
import { importCommand } from './import.ts'
import { plan } from './plan.ts'
import { previewLink } from './preview-link.ts'
import { publish } from './publish.ts'
import { quarantine } from './quarantine.ts'
import { rekey } from './rekey.ts'
import { replay } from './replay.ts'
import { serve } from './serve.ts'
import { tail } from './tail.ts'
import { work } from './work.ts'

/** Every command, in the order help shows them. */
export const commands: readonly Command[] = [
  check,
  plan,
  dictionary,
  publish,
  evaluate,
  explain,
  serve,
  tail,
  alarms,
  work,
  replay,
  quarantine,
  previewLink,
  importCommand,
  account,
  exportCommand,
  erase,
  rekey,
  audit,
]
