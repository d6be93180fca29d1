export { createMemoryQueue, type MemoryQueueOptions } from './drivers/memory-queue.ts'
export { createQueuedStore, type QueuedStore, type QueuedStoreOptions } from './queue/create-queued-store.ts'
export type { DelayHistogram } from './queue/delay-histogram.ts'
export {
  DEFAULT_MOST_WAITING,
  DEFAULT_PARTITIONS,
  type EventQueue,
  type QueueConsumer,
  type QueuedBatch,
  type QueueEntry,
  type QueueWaiting,
} from './queue/event-queue.ts'
export { runWorker } from './queue/run-worker.ts'
export type { RunningWorker, WorkerOptions, WorkerReport } from './queue/worker.ts'
