import { readVersion } from '../version.ts'
import type { HealthReport } from './health.ts'

/** A health report for programs: instants as ISO 8601, what is known of a part beside its status. */
export function healthJson({ status, since, started, now, parts }: HealthReport): object {
  return {
    status,
    since: instant(since),
    started: instant(started),
    now: instant(now),
    version: readVersion(),
    parts: parts.map(({ part, status: stands, since: from, why, facts }) => ({
      part,
      status: stands,
      since: instant(from),
      ...(why === undefined ? {} : { why }),
      ...facts,
    })),
  }
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
