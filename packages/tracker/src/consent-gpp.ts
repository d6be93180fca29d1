export { followGpp, type GppOptions, type GppPing, isOptedOut } from './consent/follow/follow-gpp.ts'
