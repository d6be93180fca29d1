export { followTcf, grantedByTcf, type TcData, type TcfOptions } from './consent/follow/follow-tcf.ts'
export { decodeTcString, type TcRestriction, type TcString } from './consent/tcf/decode-tc-string.ts'
