import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormatsModule from 'ajv-formats'

// Published as CommonJS with types of a module.
const addFormats = addFormatsModule as unknown as (ajv: Ajv2020) => void
const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true })
addFormats(ajv)

/** The text of a committed schema. */
export function readSchema(file: string): string {
  return readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8')
}

/** Makes the check of a document against a committed schema; it answers what is wrong, and where. */
export function makeValidator(name: string): (value: unknown) => readonly string[] {
  const validate = ajv.compile(JSON.parse(readSchema(`${name}.schema.json`)))
  return (value) =>
    validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
}
