import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { LIVE_BODY } from './page-body.ts'
import { LIVE_STYLE } from './page-style.ts'

/** The page, and the `Content-Security-Policy` that it is sent with. */
export interface LivePage {
  readonly html: string
  readonly policy: string
}

// Beside the built program, or from source where a build has put it.
const SCRIPTS = ['./live-page.js', '../../dist/live-page.js'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
)

const NOT_BUILT =
  '<p class="notice">The script of this page was not built yet. Run <code>npm run build</code> and start the collector anew.</p>'

let made: LivePage | undefined

/**
 * The live page: a shell without any number, its style and its script, and a policy that names both by their hashes and lets nothing else in.
 * It asks for a token, and with it for numbers. From source, where no script was built yet, it says so instead.
 */
export function livePage(): LivePage {
  made ??= makePage(readScript())
  return made
}

function makePage(built: string | undefined): LivePage {
  const script = built ?? ''
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>Live · Attune</title>
<link rel="icon" href="data:,">
<style>${LIVE_STYLE}</style>
</head>
<body>
${built === undefined ? NOT_BUILT : LIVE_BODY}
<script>${script}</script>
</body>
</html>
`
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(LIVE_STYLE)}'`,
    `script-src '${hashOf(script)}'`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]
  return { html, policy: policy.join('; ') }
}

// Nothing in a script may end the element that it stands in.
function readScript(): string | undefined {
  const file = SCRIPTS.find((path) => existsSync(path))
  return file && readFileSync(file, 'utf8').replaceAll('</', '<\\/')
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
