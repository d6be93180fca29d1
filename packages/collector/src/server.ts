export {
  createIdentitySender,
  type IdentitySender,
  type IdentitySenderOptions,
} from './create-identity-sender.ts'
export { createPixelLink, type PixelLinkOptions } from './pixel/create-pixel-link.ts'
export {
  createRightsSender,
  type RightsSender,
  type RightsSenderOptions,
} from './server-events/create-rights-sender.ts'
export {
  createServerSender,
  type ServerSender,
  type ServerSenderOptions,
} from './server-events/create-server-sender.ts'
export type { ServerBatch } from './server-events/parse-server-batch.ts'
export type { KnownPerson, Person, SignedIn } from './sign-in.ts'
