#!/usr/bin/env node
import { commands } from './commands/all.ts'
import { main } from './main.ts'
import { processIo } from './process-io.ts'
import { readVersion } from './version.ts'

process.exitCode = await main(process.argv.slice(2), commands, processIo(), readVersion())
