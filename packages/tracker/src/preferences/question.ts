/** One thing that the preference centre asks. */
export interface Question {
  /** The trait that the answer is, as the ruleset declares it. */
  readonly trait: string
  readonly label: string
  /** What comes of it, in a sentence. */
  readonly about?: string | undefined
  /** `switch` (a yes or no), `choice` (one of `choices`), `choices` (a list of them), `text` or `number`. Default `choice` where there are choices, else `switch`. */
  readonly as: Kind
  readonly choices: readonly Choice[]
}

/** How a question is answered. */
export type Kind = (typeof KINDS)[number]

/** One of the answers that a question offers. */
export interface Choice {
  readonly value: string
  readonly label: string
}

/** What was answered; `null` is no answer. */
export type Answer = string | number | boolean | readonly string[] | null

const KINDS = ['switch', 'choice', 'choices', 'text', 'number'] as const

/** Reads the questions of an attribute, JSON; what is none is left out. */
export function readQuestions(json: string | null): readonly Question[] {
  try {
    const given: unknown = JSON.parse(json ?? '[]')
    return Array.isArray(given) ? given.flatMap(readQuestion) : []
  } catch {
    return []
  }
}

/** Tells whether two answers are the same. */
export function isSameAnswer(one: unknown, other: unknown): boolean {
  // An empty list and no answer look alike to whoever answers.
  const text = (answer: unknown): string =>
    JSON.stringify(Array.isArray(answer) ? [...answer].sort() : (answer ?? null)).replace(/^\[\]$/, 'null')
  return text(one) === text(other)
}

function readQuestion(given: Partial<Question> | null): readonly Question[] {
  const { trait, label, about, as, choices } = given ?? {}
  if (typeof trait !== 'string' || typeof label !== 'string') return []
  const offered = Array.isArray(choices) ? choices.flatMap(readChoice) : []
  const kind = KINDS.find((known) => known === as) ?? (offered.length > 0 ? 'choice' : 'switch')
  return [{ trait, label, about: typeof about === 'string' ? about : undefined, as: kind, choices: offered }]
}

function readChoice(given: unknown): readonly Choice[] {
  if (typeof given === 'string') return [{ value: given, label: given }]
  const { value, label } = (given ?? {}) as Partial<Choice>
  return typeof value === 'string' ? [{ value, label: typeof label === 'string' ? label : value }] : []
}
