// Everything of core that only editing and publishing need; loaded when it is first asked for.
export { type Answered, answerPersona } from './answer-persona.ts'
export { checkDraft } from './check-draft.ts'
export { prepareDraft } from './prepare-draft.ts'
export { readText } from './read-text.ts'
export { sentencesOf } from './sentences-of.ts'
