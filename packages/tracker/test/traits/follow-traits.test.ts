import { describe, expect, test } from 'vitest'
import { followTraits } from '../../src/traits.ts'
import { makePage } from '../support/make-page.ts'

function open(body = '') {
  const { window } = makePage()
  const { document } = window
  document.body.innerHTML = body
  const heard: object[] = []
  const track = async (name: string, properties: object) => {
    expect(name).toBe('identify')
    heard.push(properties)
  }
  const identify = followTraits({ window, track })
  const send = (selector = 'form') => {
    const form = document.querySelector(selector)
    form?.dispatchEvent(new window.Event('submit', { bubbles: true, cancelable: true }))
  }
  const change = (selector: string, act: (field: HTMLInputElement) => void) => {
    const field = document.querySelector<HTMLInputElement>(selector)
    if (field === null) throw new Error(`There is no ${selector}.`)
    act(field)
    field.dispatchEvent(new window.Event('change', { bubbles: true }))
  }
  return { heard, identify, send, change }
}

describe('identify', () => {
  test('tells traits as `track` carries them: lists as JSON text, and an empty text for what is taken back', async () => {
    const { heard, identify } = open()
    await identify({
      newsletter: true,
      size: 43,
      sports: ['hiking', 'climbing'],
      note: null,
      left: undefined,
    })
    expect(heard).toEqual([{ newsletter: true, size: 43, sports: '["hiking","climbing"]', note: '' }])
  })

  test('tells nothing of nothing, and throws at nobody', async () => {
    const { heard, identify } = open()
    await identify({})
    // What a page without types may pass.
    await identify(undefined as unknown as object as never)
    expect(heard).toEqual([])
  })

  test('on a server does nothing', async () => {
    await expect(followTraits()({ newsletter: true })).resolves.toBeUndefined()
  })
})

describe('a form that is sent', () => {
  test('tells its marked fields and no others, each by what it is', () => {
    const { heard, send } = open(`<form>
      <input name="name" value="Ann">
      <input type="checkbox" data-attune-trait="newsletter" checked>
      <input type="checkbox" data-attune-trait="sports" value="hiking" checked>
      <input type="checkbox" data-attune-trait="sports" value="climbing">
      <input type="checkbox" data-attune-trait="sports" value="cycling" checked>
      <input type="radio" name="t" data-attune-trait="tier" value="silver">
      <input type="radio" name="t" data-attune-trait="tier" value="gold" checked>
      <input type="number" data-attune-trait="size" value="43.5">
      <select data-attune-trait="home"><option value="hills" selected>Hills</option></select>
      <textarea data-attune-trait="note">  </textarea>
    </form>`)
    send()
    expect(heard).toEqual([
      {
        newsletter: true,
        sports: '["hiking","cycling"]',
        tier: 'gold',
        size: 43.5,
        home: 'hills',
        note: '',
      },
    ])
  })

  test('tells no secrets, nothing that is private or disabled, and of an untouched choice nothing', () => {
    const { heard, send } = open(`<form>
      <input type="password" data-attune-trait="note" value="secret">
      <input autocomplete="cc-number" data-attune-trait="card" value="4111">
      <div data-attune-private><input data-attune-trait="diary" value="secret"></div>
      <input data-attune-trait="old" value="x" disabled>
      <input type="radio" name="t" data-attune-trait="tier" value="gold">
    </form>`)
    send()
    expect(heard).toEqual([])
  })
})

test('a marked field outside of forms is told when it changes, with the others of its trait', () => {
  const { heard, change } = open(`
    <input type="checkbox" id="one" data-attune-trait="sports" value="hiking">
    <input type="checkbox" data-attune-trait="sports" value="cycling" checked>
    <form><input id="in" type="checkbox" data-attune-trait="newsletter"></form>`)
  change('#one', (box) => {
    box.checked = true
  })
  change('#in', (box) => {
    box.checked = true
  })
  expect(heard).toEqual([{ sports: '["hiking","cycling"]' }])
})
