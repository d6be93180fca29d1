/** A page that a consent tool is on: its cookie, what it announced, its functions, and a clock that a test moves. */
export interface ConsentPage {
  readonly window: Window & typeof globalThis
  readonly document: Document
  /** Puts a function or a value where the tool's own page would. */
  put(name: string, value: unknown): void
  /** The words of our cookie; `undefined` while there is none. */
  said(): string | undefined
  /** How often `attune:consent` was announced. */
  announced(): number
  emit(type: string): void
  /** Moves the clock by so many milliseconds. */
  wait(milliseconds: number): void
  /** How many timers wait. */
  timers(): number
}

/** Makes one, with what `navigator` says and what our cookie says from before. */
export function makeConsentPage(navigator: object = {}, said?: string): ConsentPage {
  const target = new EventTarget()
  const timers: { readonly at: number; readonly task: () => void }[] = []
  let now = 0
  let kept = said
  let announced = 0
  const document = Object.assign(target, { documentElement: { dataset: {} } })
  Object.defineProperty(document, 'cookie', {
    get: () => `other=1${kept === undefined ? '' : `; attune_consent=${kept}`}`,
    set: (text: string) => {
      kept = /^attune_consent=([^;]*)/.exec(text)![1]
    },
  })
  target.addEventListener('attune:consent', () => announced++)
  const window = {
    document,
    navigator,
    location: { protocol: 'https:' },
    CustomEvent,
    setTimeout: (task: () => void, delay: number) => timers.push({ at: now + delay, task }),
  }
  return {
    // As much of one as consent needs.
    window: window as unknown as Window & typeof globalThis,
    document: document as unknown as Document,
    put: (name, value) => void Object.assign(window, { [name]: value }),
    said: () => kept,
    announced: () => announced,
    emit: (type) => void target.dispatchEvent(new Event(type)),
    timers: () => timers.length,
    wait: (milliseconds) => {
      const end = now + milliseconds
      for (
        let due = timers.findIndex(({ at }) => at <= end);
        due >= 0;
        due = timers.findIndex(({ at }) => at <= end)
      ) {
        const [timer] = timers.splice(due, 1)
        now = timer!.at
        timer!.task()
      }
      now = end
    },
  }
}
