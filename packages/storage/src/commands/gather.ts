/** Gathers what is asked about one key while something about it is under way. */
export interface Gathering<Item, Answer> {
  /** Resolves with the item's answer. Items of one key are answered in the order in which they came. */
  add(key: string, item: Item): Promise<Answer>
  /** How many items run or wait. */
  readonly waiting: number
}

/** How items are worked off. */
export interface GatherSettings<Item, Answer> {
  /** Answers items of one key, in their order. */
  readonly work: (key: string, items: readonly Item[]) => Promise<readonly Answer[]>
  /** Whether an item may be worked off together with one that came before it. */
  readonly fits: (first: Item, next: Item) => boolean
  /** How many items go together at most. */
  readonly most: number
  /** Milliseconds that an item may wait for its turn. */
  readonly patience: number
  /** The error of an item that waited longer. */
  readonly late: () => Error
}

interface Waiting<Item, Answer> {
  readonly item: Item
  readonly since: number
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/** Creates a gathering: a lone item waits for nobody, and what comes while it is worked off goes together. */
export function createGathering<Item, Answer>({
  work,
  fits,
  most,
  patience,
  late,
}: GatherSettings<Item, Answer>): Gathering<Item, Answer> {
  const queues = new Map<string, Waiting<Item, Answer>[]>()
  let waiting = 0

  const workOff = async (key: string, group: readonly Waiting<Item, Answer>[]) => {
    try {
      const answers = await work(
        key,
        group.map(({ item }) => item),
      )
      group.forEach(({ resolve }, place) => {
        resolve(answers[place]!)
      })
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
    waiting -= group.length
  }

  const run = async (key: string, queue: Waiting<Item, Answer>[]) => {
    while (queue.length > 0) {
      const group = takeGroup(queue, fits, most)
      if (performance.now() - group[0]!.since <= patience) await workOff(key, group)
      else {
        for (const { reject } of group) reject(late())
        waiting -= group.length
      }
    }
    queues.delete(key)
  }

  return {
    get waiting() {
      return waiting
    },
    add: (key, item) =>
      new Promise((resolve, reject) => {
        waiting++
        const queue = queues.get(key)
        const one = { item, since: performance.now(), resolve, reject }
        if (queue !== undefined) {
          queue.push(one)
          return
        }
        const own = [one]
        queues.set(key, own)
        run(key, own)
      }),
  }
}

function takeGroup<Item, Answer>(
  queue: Waiting<Item, Answer>[],
  fits: (first: Item, next: Item) => boolean,
  most: number,
): readonly Waiting<Item, Answer>[] {
  const first = queue[0]!.item
  const other = queue.findIndex(({ item }, place) => place === most || !fits(first, item))
  return queue.splice(0, other === -1 ? queue.length : other)
}
