import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export const dynamic = 'force-static'

/** The tracker, served by the site itself: read once by the build, a file like any other after that. */
export async function GET(): Promise<Response> {
  const script = await readFile(join(process.cwd(), 'node_modules/@attune/tracker/dist/attune.js'))
  const headers = {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=3600',
  }
  return new Response(script, { headers })
}
