import { type CountedTime, countTime } from '../../support/fault-time.ts'

/** What a scenario asserts, each for itself. */
export interface Proofs {
  /** What visitors and trackers were answered while it lasted. */
  readonly answer: () => void
  /** How long they waited for it. */
  readonly deadline: () => void
  /** That it was as before afterwards, and how soon. */
  readonly recovery: () => void
  /** That nothing was lost, and nothing counted twice. */
  readonly count: () => void
}

/** Something that goes wrong. */
export interface Scenario {
  /** A claim in plain words. */
  readonly name: string
  /** What it needs of the machine beyond Node.js. */
  readonly needs?: 'redis' | 'root' | undefined
  /** Plays it to its end and cleans up. */
  readonly play: () => Promise<Proofs>
}

export const PARTS = ['answer', 'deadline', 'recovery', 'count'] as const

/** How rough it is: `npm run soak` plays more of the same. */
export const SOAK: boolean = process.env.ATTUNE_SOAK === '1'
/** Decides what chance decides. Another one each day; to see a run again, set ATTUNE_SEED to what the failing one printed. */
export const SEED: number = Number(process.env.ATTUNE_SEED ?? Math.floor(Date.now() / 86_400_000))

/** Hears how what was opened is closed. */
export interface Closing {
  later(close: () => unknown): void
}

export function createClosing(): Closing & { all(): Promise<void> } {
  const closes: (() => unknown)[] = []
  return {
    later: (close) => void closes.push(close),
    all: async () => {
      for (const close of closes.splice(0).reverse()) await close()
    },
  }
}

/** Plays with time that is counted, and closes what was opened, the last first, also when something failed. */
export async function closingAfter<Result>(
  play: (stage: Closing & { readonly time: CountedTime }) => Promise<Result>,
): Promise<Result> {
  const { later, all } = createClosing()
  const time = countTime()
  later(time.stop)
  try {
    return await play({ later, time })
  } finally {
    await all()
  }
}
