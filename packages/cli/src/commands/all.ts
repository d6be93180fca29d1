import type { Command } from '../command.ts'
import { check } from './check.ts'
import { evaluate } from './evaluate.ts'
import { previewLink } from './preview-link.ts'
import { replay } from './replay.ts'
import { serve } from './serve.ts'

/** Every command, in the order help shows them. */
export const commands: readonly Command[] = [check, evaluate, serve, replay, previewLink]
