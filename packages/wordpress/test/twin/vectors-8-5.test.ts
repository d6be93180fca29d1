import { describeVectors } from '../../../../test/vectors/runner/describe-vectors.ts'
import { startWasm } from './engines/wasm-engine.ts'
import { phpTwin } from './php-twin.ts'

describeVectors(async () => phpTwin(await startWasm('8.5')))
