// npm run schemas: writes packages/core/schemas from the types.
import { writeFileSync } from 'node:fs'
import { generateSchemas, renderSchema } from './generate-schemas.ts'

for (const [file, schema] of Object.entries(generateSchemas())) {
  writeFileSync(new URL(`../schemas/${file}`, import.meta.url), renderSchema(schema))
  process.stdout.write(`packages/core/schemas/${file}\n`)
}
