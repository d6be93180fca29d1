/** What stands for a password, a key or a token. */
export const TOKEN_MARK = '[token]'

// Each begins where no letter does before it, so that a text is walked once.
const JWT = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*){0,3}/g
const HEX = /(?<![\da-z])[\da-f]{32,}(?![\da-z])/gi
// As Stripe, GitHub, Slack, AWS, Google, GitLab and npm begin theirs.
const KNOWN =
  /(?<![\w-])(?:(?:[sr]k|pk|whsec)_(?:live_|test_)?[A-Za-z\d]{16,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|xox[abeoprs]-[\w-]{10,}|A[KS]IA[\dA-Z]{16}|AIza[\w-]{30,}|glpat-[\w-]{16,}|npm_\w{30,})/g
const OPAQUE = /(?<![\w-])[\w-]{24,}(?![\w-])/g
const ASSIGNED =
  /(?<![\p{L}\p{N}])((?:[a-z]{1,16}[_-]){0,3}?(api[_-]?key|key|token|secret|password|passwd|pwd|auth|authorization|session(?:[_-]?id)?|sid|sig|signature|otp)["']?\s{0,2}([=:])\s{0,2}["']?)([^\s"'&;,<>]{4,})/giu
const SCHEME = /(?<![\p{L}\p{N}])(bearer|basic)(\s{1,2})([\w.~+/=-]{12,})/giu
const STRONG = /^(?:api[_-]?key|secret|password|passwd|pwd|token|otp)$/i

/** Puts a mark in the place of tokens that are known by their form: a long run of letters and digits. */
export function redactRuns(text: string): string {
  return text
    .replace(JWT, TOKEN_MARK)
    .replace(KNOWN, TOKEN_MARK)
    .replace(HEX, TOKEN_MARK)
    .replace(SCHEME, (whole, scheme: string, space: string, value: string) =>
      isMixed(value) ? `${scheme}${space}${TOKEN_MARK}` : whole,
    )
    .replace(OPAQUE, (run) => (isOpaque(run) ? TOKEN_MARK : run))
}

/** Puts a mark in the place of keys and passwords that are known by the name before them. */
export function redactAssigned(text: string): string {
  return text.replace(ASSIGNED, (whole, start: string, name: string, sign: string, value: string) =>
    isSecret(name, sign, value) ? start + TOKEN_MARK : whole,
  )
}

// `token=silver` is one, `Key: C major` is none.
function isSecret(name: string, sign: string, value: string): boolean {
  if (value.startsWith('[')) return false
  if (sign === '=') return STRONG.test(name) || value.length >= 12 || /\d/.test(value)
  return STRONG.test(name) ? /[\d\W]/.test(value.slice(0, -1)) : value.length >= 16 && isMixed(value)
}

function isMixed(text: string): boolean {
  return /\d/.test(text) && /[a-z]/i.test(text) && !/-[a-z]+-/i.test(text)
}

// Random text of 62 signs changes between capitals, small letters and digits at nearly every other sign; names of products and paths
// have words.
function isOpaque(run: string): boolean {
  if (countOf(run, /[A-Z]/g) < 3 || countOf(run, /[a-z]/g) < 3) return false
  if (countOf(run, /[_-]/g) > run.length / 10) return false
  const changes = countOf(run, /(?<=[a-z])(?=[A-Z\d])|(?<=[A-Z])(?=\d)|(?<=\d)(?=[A-Za-z])/g)
  return changes >= run.length / (countOf(run, /\d/g) < 2 ? 4 : 5)
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
