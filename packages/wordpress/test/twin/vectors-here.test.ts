import { describeVectors } from '../../../../test/vectors/runner/describe-vectors.ts'
import { startEngine } from './engines/start-engine.ts'
import { phpTwin } from './php-twin.ts'

// The machine's own PHP; without one, a PHP of npm.
describeVectors(async () => phpTwin(await startEngine()))
