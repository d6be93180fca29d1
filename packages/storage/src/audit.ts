export { type AppendFile, openAppendFile } from './audit/append-file.ts'
export { type AuditKeys, createAuditKeys } from './audit/audit-keys.ts'
export {
  type AuditLog,
  type AuditLogOptions,
  type AuditSink,
  AuditWriteError,
  createAuditLog,
} from './audit/audit-log.ts'
export {
  AUDIT_ACTIONS,
  type AuditAction,
  type AuditEntry,
  type AuditHead,
  type AuditOutcome,
  type AuditRecord,
} from './audit/audit-record.ts'
export { type Audited, audited } from './audit/audited.ts'
export type { AuditProblem } from './audit/check-line.ts'
export { AuditLockedError } from './audit/lock-file.ts'
export { AuditDamagedError, type AuditFileOptions, openAuditFile } from './audit/open-audit-file.ts'
export { headLine, readHeads } from './audit/read-heads.ts'
export { type AuditReport, type VerifyOptions, verifyAudit } from './audit/verify-audit.ts'
export { type FileReport, type VerifyFileOptions, verifyAuditFile } from './audit/verify-audit-file.ts'
