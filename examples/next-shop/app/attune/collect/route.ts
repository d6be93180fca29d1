import { collector } from './collector.ts'

export const { POST } = collector
