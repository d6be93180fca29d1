/** A socket whose other end is the test. */
export class FakeSocket {
  static made: FakeSocket[] = []
  readonly url: string
  readonly sent: string[] = []
  isClosed = false
  onopen: (() => void) | undefined
  onclose: (() => void) | undefined
  onmessage: ((event: { data: string }) => void) | undefined
  constructor(url: string) {
    this.url = url
    FakeSocket.made.push(this)
  }
  send(text: string): void {
    this.sent.push(text)
  }
  close(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.onclose?.()
  }
  tell(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) })
  }
}
