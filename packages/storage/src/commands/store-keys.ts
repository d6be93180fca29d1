/** The keys of one visitor: one hash tag, so that a cluster keeps them together. */
export interface VisitorKeys {
  /** Hash: the profile, its plan and base, and what is asked of them without reading them. */
  readonly profile: string
  /** Hash, id → event: those that the base has not taken in. */
  readonly recent: string
  /** Hash, id → event: those that the base has taken in. */
  readonly settled: string
}

/** The keys of one site. */
export interface StoreKeys {
  readonly visitor: (visitor: string) => VisitorKeys
  /** The keys of the visitor whose profile key this is. */
  readonly besides: (profile: string) => VisitorKeys
  /** Matches the profile keys of this site and no others. */
  readonly profiles: string
  /** Hash, plan id → plan. */
  readonly plans: string
  /** Hash, reason → how many events were refused. */
  readonly rejectedCounts: string
  /** List: the newest refused events, newest first. */
  readonly rejected: string
  /** What stands of a visitor's consent under a pseudonym of theirs. */
  readonly answer: (pseudonym: string) => AnswerKeys
  /** Hash, machine → the last row of its log that stands here. */
  readonly told: string
}

/** The keys of one visitor's last answer: one hash tag. */
export interface AnswerKeys {
  /** Text: when, and what was granted. */
  readonly answer: string
  /** Text: the same of the browsers that turned out to be theirs. */
  readonly before: string
}

const PROFILE = ':profile'

/** Names the keys of a site; any text is a site and a visitor. */
export function storeKeys(site: string): StoreKeys {
  const start = `attune:${keyText(site)}:`
  const keysAt = (tagged: string) => ({
    profile: `${tagged}${PROFILE}`,
    recent: `${tagged}:recent`,
    settled: `${tagged}:settled`,
  })
  return {
    visitor: (visitor) => keysAt(`${start}{${keyText(visitor)}}`),
    besides: (profile) => keysAt(profile.slice(0, -PROFILE.length)),
    profiles: `${start}{*}${PROFILE}`,
    plans: `${start}plans`,
    rejectedCounts: `${start}{rejected}:counts`,
    rejected: `${start}{rejected}:events`,
    told: `${start}{answers}:told`,
    answer: (pseudonym) => ({
      answer: `${start}{${keyText(pseudonym)}}:answer`,
      before: `${start}{${keyText(pseudonym)}}:answer-before`,
    }),
  }
}

/** The visitor whose profile key this is. */
export function visitorIn(profile: string): string {
  return decodeURIComponent(profile.slice(profile.indexOf('{') + 1, profile.lastIndexOf('}')))
}

// Nothing is left in it that a key or a pattern gives a meaning: `:`, braces, `*`. Ours are as they were.
function keyText(text: string): string {
  if (text === '') throw new TypeError('[storage] A site and a visitor are text of at least one character.')
  const escaped = encodeURIComponent(text)
  return escaped.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}
