export { readJson as readText } from '@attune/core/json'
