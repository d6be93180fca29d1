import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startTelemetry } from '../../storage/test/support/telemetry.ts'
import { createNodeHandler, createShedder, type Shedder } from '../src/node.ts'
import { observeShed } from '../src/telemetry.ts'

interface Simulated {
  readonly shedder: Shedder
  /** Plays so many milliseconds in which so many come each; what is under way is served in turn, so many each, all of them together. */
  play(
    milliseconds: number,
    come: number,
    served: number,
  ): { readonly shed: number; readonly longest: number }
}

function simulate(options: { readonly patience?: number; readonly least?: number } = {}): Simulated {
  let now = 0
  let credit = 0
  const line: number[] = []
  const shedder = createShedder({ clock: () => now, ...options })
  return {
    shedder,
    play: (milliseconds, come, served) => {
      let shed = 0
      let longest = 0
      for (let at = 0; at < milliseconds; at++) {
        now++
        for (let one = 0; one < come; one++) {
          if (!shedder.admits()) shed++
          else {
            shedder.begin()
            line.push(now)
          }
        }
        credit = line.length === 0 ? 0 : credit + served
        for (; credit >= 1 && line.length > 0; credit--) {
          longest = Math.max(longest, now - line.shift()!)
          shedder.end()
        }
      }
      return { shed, longest }
    },
  }
}

describe('a shedder', () => {
  test('refuses nothing while what comes is less than what can be done', () => {
    const { play, shedder } = simulate()
    expect(play(5_000, 3, 4)).toEqual({ shed: 0, longest: 0 })
    expect(shedder.state()).toMatchObject({ underWay: 0, shed: 0, age: undefined })
  })

  test('lets in of three times too much what can be done, and that is done in time', () => {
    const { play, shedder } = simulate()
    play(2_000, 12, 4)
    const { shed, longest } = play(10_000, 12, 4)
    expect(shed / 10_000).toBeCloseTo(8, 1)
    expect(longest).toBeLessThanOrEqual(300)
    expect(shedder.state().limit).toBeGreaterThan(900)
  })

  test('finds out that it became slower, and is in time again after what it had let in before', () => {
    const { play, shedder } = simulate({ least: 16 })
    play(3_000, 12, 8)
    expect(shedder.state().limit).toBeGreaterThan(1_500)
    play(6_000, 12, 0.5)
    expect(play(3_000, 12, 0.5).longest).toBeLessThanOrEqual(400)
  })

  test('takes again what it can as soon as less comes', () => {
    const { play, shedder } = simulate()
    play(5_000, 12, 4)
    play(300, 0, 4)
    expect(play(2_000, 3, 4)).toEqual({ shed: 0, longest: 0 })
    expect(shedder.state().age).toBeGreaterThan(2_000)
  })

  test('takes the same burst again and again, however long it is quiet between', () => {
    const { play } = simulate()
    for (let time = 0; time < 20; time++) {
      expect(play(1, 500, 4).shed).toBe(0)
      play(10_000, 0, 4)
    }
  })

  test('goes on letting some in while nothing is finished, and no more', () => {
    const { play, shedder } = simulate({ least: 32 })
    play(5_000, 1, 0)
    expect(shedder.state().limit).toBe(32)
    play(1_000, 0, 100)
    expect(play(1, 32, 100).shed).toBe(0)
  })
})

const FULL: Shedder = {
  ...createShedder(),
  admits: () => false,
}

describe('a node:http handler that sheds', () => {
  async function serve(
    options: Parameters<typeof createNodeHandler>[1],
    handled: string[] = [],
  ): Promise<Socket> {
    const handler = createNodeHandler(async (request) => {
      handled.push(await request.text())
      return new Response('done')
    }, options)
    const server = createServer(handler)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').setEncoding('latin1')
    onTestFinished(() => {
      socket.destroy()
      server.closeAllConnections()
      server.close()
    })
    return socket
  }

  const heard = (socket: Socket, wanted: RegExp): Promise<string> =>
    new Promise((resolve) => {
      let text = ''
      socket.on('data', (chunk) => {
        text += chunk
        if (wanted.test(text)) resolve(text)
      })
    })

  test('answers 503 before the body has come, says when to come again, and stays on the line', async () => {
    const handled: string[] = []
    let isFull = true
    const shedder = { ...createShedder(), admits: () => !isFull }
    const socket = await serve({ shedder }, handled)
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n')
    const answer = await heard(socket, /later\."\}$/)
    expect(answer).toMatch(/^HTTP\/1\.1 503 .*\r\n/)
    expect(answer).toMatch(/\r\nretry-after: ([1-9]|10)\r\n/)
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ accepted: 0, error: 'shed' })
    isFull = false
    socket.write('bodyPOST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi')
    expect(await heard(socket, /done$/)).toMatch(/^HTTP\/1\.1 200 /)
    expect(handled).toEqual(['hi'])
  })

  test('who sends slowly takes nobody its place', async () => {
    const shedder = createShedder()
    const socket = await serve({ shedder })
    const begun: number[] = []
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n')
    await heard(socket, /100 Continue/)
    begun.push(shedder.state().underWay)
    socket.write('body')
    await heard(socket, /done$/)
    await expect.poll(() => shedder.state().underWay).toBe(0)
    expect(begun).toEqual([0])
  })

  test('tells of each that it refused, and whether its sender heard of it', async () => {
    const { meter, metrics } = startTelemetry()
    const socket = await serve({ shedder: FULL, onShed: observeShed({ meter }) })
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    await heard(socket, /later\."\}$/)
    await expect
      .poll(metrics)
      .toEqual([
        'attune.collect.batches{attune.batch.outcome=throttled} 1',
        'attune.collect.errors{error.type=shed} 1',
        'attune.collect.received{} 1',
      ])
  })
})
