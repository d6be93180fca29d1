export { createKafkaQueue, type KafkaQueueOptions } from './drivers/kafka-queue.ts'
export type { KafkaModule } from './queue/kafka-module.ts'
