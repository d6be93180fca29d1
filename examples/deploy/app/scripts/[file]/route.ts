import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

export const dynamic = 'force-static'
export const dynamicParams = false

const FOLDER = join(process.cwd(), 'node_modules/@attune/tracker/dist')

/** `attune.js`, and beside it the parts that it loads by itself. */
export async function generateStaticParams(): Promise<{ file: string }[]> {
  const files = await readdir(FOLDER)
  return files.filter((file) => /^attune.*\.js$/.test(file)).map((file) => ({ file }))
}

/** The tracker, served by the site itself: read once by the build, files like any other after that. */
export async function GET(_: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const script = await readFile(join(FOLDER, (await params).file))
  const headers = {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=3600',
  }
  return new Response(script, { headers })
}
