import type { ServerSenderOptions } from './server-events/create-server-sender.ts'
import { createPosting, postSigned } from './server-events/post-signed.ts'
import type { KnownPerson, Person, SignedIn } from './sign-in.ts'

/** How a server says who signs in; `endpoint` such as `https://shop.example/attune/identify`. */
export type IdentitySenderOptions = ServerSenderOptions

/** Says who signs in, and what is known of them, signed. */
export interface IdentitySender {
  /**
   * Says that somebody signs in with the browser whose request this is. Send the `cookies` of the answer on to the visitor, each as a
   * `Set-Cookie`. Rejects when the network does, or the answer is no 200: sign the visitor in all the same.
   */
  signIn(request: Pick<Request, 'url' | 'headers'>, person: Person): Promise<SignedIn>
  /** Tells traits of a user who need not be there. Whatever is answered is the caller's to read. */
  tell(person: KnownPerson): Promise<Response>
}

// What tells who it is, what they allowed and where they are; nothing else of a request is anybody's business.
const PASSED_ON =
  /^(?:cookie|sec-gpc|dnt|user-agent|accept-language|cf-ipcountry|x-vercel-ip-country(?:-region)?|cloudfront-viewer-country(?:-region)?)$/

/**
 * Creates a sender.
 * @throws when the endpoint is missing or the secret is short.
 */
export function createIdentitySender(options: IdentitySenderOptions): IdentitySender {
  const posting = createPosting('createIdentitySender', options)
  return {
    signIn: async ({ url, headers }, { userId, traits }) => {
      const passed = [...headers].filter(([name]) => PASSED_ON.test(name))
      // Who is asked for at that address is nobody's business either.
      const request = { url: new URL(url).origin, headers: Object.fromEntries(passed) }
      const answer = await postSigned(posting, 'identify', { userId, traits, request })
      if (answer.status !== 200)
        throw new Error(`[collector] signIn: the collector answered ${answer.status}: ${await answer.text()}`)
      return readSignedIn(await answer.json())
    },
    tell: ({ userId, traits, consent, source }) =>
      postSigned(posting, 'identify', { userId, traits, consent, source }),
  }
}

function readSignedIn(body: unknown): SignedIn {
  // The collector's own answer to a signed question, over the site's own wire.
  return body as SignedIn
}
