import { expect, test } from 'vitest'
import { createWhole } from './support/create-tracker.ts'
import { makePage, type Page } from './support/make-page.ts'

interface Played {
  /** From and to, seconds, of what was played. */
  ranges: readonly (readonly [number, number])[]
  duration?: number
}

interface Screen {
  readonly page: Page
  readonly video: HTMLVideoElement
  readonly asked: readonly string[]
  play(ranges: Played['ranges'], type?: string): Promise<void>
  told(): Promise<unknown[]>
}

async function makeScreen(attributes = 'title="Boots in the rain"', duration = 100): Promise<Screen> {
  const page = makePage()
  page.window.document.body.innerHTML = `<video ${attributes}></video>`
  const video = page.window.document.querySelector('video')!
  const state: Played = { ranges: [] }
  Object.defineProperties(video, {
    duration: { value: duration },
    currentTime: { get: () => state.ranges.at(-1)?.[1] ?? 0 },
    currentSrc: { value: 'https://cdn.test/boots.webm?signature=secret' },
    played: {
      get: () => ({
        length: state.ranges.length,
        start: (at: number) => state.ranges[at]![0],
        end: (at: number) => state.ranges[at]![1],
      }),
    },
  })
  page.consent('preferences')
  const { asked } = await createWhole(page)
  return {
    page,
    video,
    asked,
    async play(ranges, type = 'timeupdate') {
      state.ranges = ranges
      // Media events do not bubble.
      video.dispatchEvent(new page.window.Event(type))
      await page.settle()
    },
    async told() {
      await page.advance(1_000)
      const events = page.sent
        .flatMap(({ body }) => body.events)
        .filter(({ name }) => name.startsWith('video_'))
      return events.map(({ name, properties }) => [name, properties.video_percent])
    },
  }
}

test('a video that is watched tells its start, five depths and its end, once each', async () => {
  const { page, play, told, asked } = await makeScreen()
  expect(asked).toEqual(['session'])
  for (const second of [0.2, 9, 10, 26, 40, 60, 80, 95]) await play([[0, second]])
  await play([[0, 100]], 'ended')
  await play([[0, 100]])
  expect(await told()).toEqual([
    ['video_start', undefined],
    ...[10, 25, 50, 75, 90].map((percent) => ['video_progress', percent]),
    ['video_complete', 100],
  ])
  expect(asked).toEqual(['session', 'video'])
  const start = page.sent.flatMap(({ body }) => body.events).find(({ name }) => name === 'video_start')
  expect(start?.properties).toEqual({
    video_title: 'Boots in the rain',
    video_url: 'https://cdn.test/boots.webm',
    video_current_time: 0,
    video_duration: 100,
  })
})

test('what is skipped was not watched, and an end that is jumped to is no completion', async () => {
  const { play, told } = await makeScreen()
  await play([[0, 5]])
  await play([
    [0, 5],
    [95, 97],
  ])
  await play(
    [
      [0, 5],
      [95, 100],
    ],
    'ended',
  )
  expect(await told()).toEqual([
    ['video_start', undefined],
    ['video_progress', 10],
  ])
})

test('parts watched in any order add up', async () => {
  const { play, told } = await makeScreen()
  await play([[50, 100]])
  await play(
    [
      [0, 45],
      [50, 100],
    ],
    'ended',
  )
  expect((await told()).at(-1)).toEqual(['video_complete', 100])
})

test('looking for a place without playing tells nothing', async () => {
  const { play, told } = await makeScreen()
  await play([])
  expect(await told()).toEqual([])
})

test('a live stream has a start and no depth', async () => {
  const { play, told } = await makeScreen('', Number.POSITIVE_INFINITY)
  await play([[0, 500]])
  expect(await told()).toEqual([['video_start', undefined]])
})

test.each([0, Number.NaN])('a video whose length is %d has a start and no depth', async (length) => {
  const { play, told } = await makeScreen('', length)
  await play([[0, 5]])
  await play([[0, 6]], 'ended')
  expect(await told()).toEqual([['video_start', undefined]])
})

test('decoration is no video: silent, starting by itself, without controls', async () => {
  const { video, play, told } = await makeScreen('autoplay loop')
  video.muted = true
  await play([[0, 90]])
  expect(await told()).toEqual([])
})

test('another video in the same element begins anew, one that plays on through a client navigation does not', async () => {
  const { page, play, told } = await makeScreen()
  await play([[0, 30]])
  page.window.history.pushState(null, '', '/next')
  await page.settle()
  await play([[0, 40]])
  await play([], 'emptied')
  await play([[0, 12]])
  expect(await told()).toEqual([
    ['video_start', undefined],
    ['video_progress', 10],
    ['video_progress', 25],
    ['video_start', undefined],
    ['video_progress', 10],
  ])
})
