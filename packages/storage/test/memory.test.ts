import { describeProfileStore, describeQuarantine } from '../src/contract.ts'
import { createMemoryStore } from '../src/memory.ts'

describeProfileStore('memory', async () => ({ store: createMemoryStore() }))
describeQuarantine('memory', async () => ({ store: createMemoryStore() }))
