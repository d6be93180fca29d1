import { identity } from '../identity.ts'

export const { GET } = identity
