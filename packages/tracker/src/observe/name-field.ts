const SENSITIVE_TYPE = /^(password|file)$/
// By the tokens of the HTML standard.
const SENSITIVE_FILL = /\b(cc-|one-time-code|(current|new)-password|bday|sex\b)/
const SENSITIVE_NAME =
  /pass|pwd|\bpin|cv[cv]|card|iban|account|ssn|social|tax|token|otp|secret|birth|dob|gender|sex|relig|health|diagnos|ethnic|race|union|politic/i
// A name made of a person's data, or of nothing that a person wrote.
const ODD_NAME = /@|\d{6}|.{65}/

/**
 * The name of a form's field, for saying where somebody gave up; `undefined` when it has none or when the name itself may tell
 * something about a person: passwords, payment, identity, and the special categories of data protection law.
 */
export function nameField(field: HTMLInputElement): string | undefined {
  const name = field.getAttribute('name') ?? field.getAttribute('id') ?? ''
  const isSensitive =
    SENSITIVE_TYPE.test(field.type) ||
    SENSITIVE_FILL.test(field.getAttribute('autocomplete') ?? '') ||
    SENSITIVE_NAME.test(name) ||
    ODD_NAME.test(name)
  return isSensitive || name === '' ? undefined : name
}
