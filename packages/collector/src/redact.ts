export {
  createRedactor,
  KEPT_PARAMETERS,
  type RedactionOptions,
  type Redactor,
} from './redact/create-redactor.ts'
export { truncateAddress } from './redact/truncate-address.ts'
