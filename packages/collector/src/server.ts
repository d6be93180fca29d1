export {
  createServerSender,
  type ServerSender,
  type ServerSenderOptions,
} from './server-events/create-server-sender.ts'
export type { ServerBatch } from './server-events/parse-server-batch.ts'
