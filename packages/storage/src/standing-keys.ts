/** Under what visitors stand in a store. */
export interface StandingKeys {
  /** The names of the secrets that made their keys, in no order: they say nothing about the secrets. */
  readonly names: readonly string[]
  /** Whether some stand under their ids as they are. */
  readonly hasPlain: boolean
}

/** A store that tells it. */
export interface TellsKeys {
  /** Looks at some of the visitors at least; of those who were erased nothing is said. */
  standingKeys(): Promise<StandingKeys>
}
