export { createMemoryStore } from './drivers/memory.ts'
