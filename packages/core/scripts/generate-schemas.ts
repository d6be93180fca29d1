import { fileURLToPath } from 'node:url'
import { createGenerator } from 'ts-json-schema-generator'
import { finishSchema } from './finish-schema.ts'
import { type JsonSchema, requiredOf } from './json-schema.ts'

/** The documents that cross every wall: file, type and title. */
const DOCUMENTS = [
  ['event', 'AttuneEvent', 'Attune event'],
  ['profile', 'Profile', 'Attune profile'],
  ['ruleset', 'Ruleset', 'Attune ruleset'],
] as const

/** The JSON Schemas of the documents by file name, made from their types. */
export function generateSchemas(): { readonly [file: string]: JsonSchema } {
  // The generator brings a TypeScript of its own: it reads the sources only, whatever the repository compiles with.
  const generator = createGenerator({
    path: pathOf('../src/index.ts'),
    tsconfig: pathOf('../../../tsconfig.json'),
    jsDoc: 'extended',
    expose: 'export',
    topRef: false,
    encodeRefs: false,
    additionalProperties: false,
    skipTypeCheck: true,
    extraTags: ['needsOneOf'],
  })
  const schemas = DOCUMENTS.map(([name, type, title]) => {
    const schema = finishSchema(title, generator.createSchema(type) as JsonSchema)
    return [`${name}.schema.json`, name === 'event' ? withoutProperties(schema) : schema] as const
  })
  return Object.fromEntries(schemas)
}

/** A schema as its file holds it. */
export function renderSchema(schema: JsonSchema): string {
  return `${JSON.stringify(schema, null, 2)}\n`
}

// An event that is sent may leave its properties out; one that was read has them.
function withoutProperties(schema: JsonSchema): JsonSchema {
  return { ...schema, required: requiredOf(schema).filter((name) => name !== 'properties') }
}

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url))
}
