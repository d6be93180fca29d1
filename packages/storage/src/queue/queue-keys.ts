/** The keys of one partition: one hash tag, so that a cluster keeps them together and spreads the partitions. */
export interface PartitionKeys {
  /** Stream: entries that are not folded yet. */
  readonly waiting: string
  /** Stream: entries that were set aside. */
  readonly aside: string
  /** Stream: while one of the two is written anew. */
  readonly anew: string
  /** Text: who folds this partition; expires unless it is renewed. */
  readonly lease: string
}

/** The keys of a site's queue. */
export interface QueueKeys {
  readonly partitions: readonly PartitionKeys[]
  /** Text: how many partitions there are. */
  readonly count: string
  /** Sorted set: who folds, by when they will be taken for dead. */
  readonly workers: string
}

/** Names the keys of a site's queue; any text is a site. */
export function queueKeys(site: string, partitions: number): QueueKeys {
  const start = `attune:${siteText(site)}:`
  const keysAt = (tagged: string): PartitionKeys => ({
    waiting: `${tagged}:waiting`,
    aside: `${tagged}:aside`,
    anew: `${tagged}:anew`,
    lease: `${tagged}:lease`,
  })
  return {
    partitions: Array.from({ length: partitions }, (_, at) => keysAt(`${start}{queue-${at}}`)),
    count: `${start}{queue}:partitions`,
    workers: `${start}{queue}:workers`,
  }
}

// Nothing is left in it that a key gives a meaning: `:` and braces.
function siteText(site: string): string {
  if (site === '') throw new TypeError('[storage] A site is text of at least one character.')
  return encodeURIComponent(site).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
