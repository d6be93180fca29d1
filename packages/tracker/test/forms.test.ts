import { expect, test } from 'vitest'
import type { Tracker } from '../src/index.ts'
import { createWhole, sentOf } from './support/create-tracker.ts'
import { makePage, type Page } from './support/make-page.ts'

const FORM = `
  <form id="signup" name="newsletter">
    <input name="email" type="email">
    <input name="city">
    <input name="password" type="password">
    <select name="topic"><option>a</option><option>b</option></select>
    <button>Send</button>
  </form>`

async function makeStarted(
  html: string = FORM,
): Promise<{ page: Page; tracker: Tracker & { asked: readonly string[] } }> {
  const page = makePage()
  page.window.document.body.innerHTML = html
  page.consent('preferences')
  return { page, tracker: await createWhole(page) }
}

function field(page: Page, name: string): HTMLInputElement {
  return page.window.document.querySelector(`[name="${name}"]`)!
}

/** Types as a person does: the field gets the focus, its value changes, the page is told. */
async function enter(page: Page, name: string, value: string): Promise<void> {
  page.emit(field(page, name), 'focusin')
  await page.settle()
  field(page, name).value = value
  page.emit(field(page, name), 'input')
}

const formsOf = async (page: Page): Promise<unknown[]> => {
  await page.advance(1_000)
  const events = page.sent.flatMap(({ body }) => body.events).filter(({ name }) => name.startsWith('form_'))
  return events.map(({ name, properties }) => [name, properties])
}

const SIGNUP = { form_id: 'signup', form_name: 'newsletter' }

test('a form is begun with the first entry and sent with what was touched, never with what was entered', async () => {
  const { page, tracker } = await makeStarted()
  expect(tracker.asked).toEqual(['session'])
  await enter(page, 'email', 'jo.doe@mail.test')
  await enter(page, 'city', 'Oslo')
  await enter(page, 'city', 'Bergen')
  page.emit(field(page, 'newsletter'), 'submit')
  page.emit(page.window, 'pagehide')
  expect(await formsOf(page)).toEqual([
    ['form_start', SIGNUP],
    ['form_submit', { ...SIGNUP, form_fields: 2, form_last_field: 'city' }],
  ])
  expect(JSON.stringify(page.sent)).not.toMatch(/doe|Oslo|Bergen/)
  expect(tracker.asked).toEqual(['session', 'forms'])
})

test('a form that is left with something entered is abandoned, once', async () => {
  const { page } = await makeStarted()
  await enter(page, 'email', 'x')
  await enter(page, 'city', 'Oslo')
  page.emit(page.window, 'pagehide')
  page.hide()
  const abandoned = ['form_abandon', { ...SIGNUP, form_fields: 2, form_last_field: 'city' }]
  expect(await formsOf(page)).toEqual([['form_start', SIGNUP], abandoned])
})

test('a client navigation leaves a form as well, and the event is of the page it was on', async () => {
  const { page } = await makeStarted()
  await enter(page, 'city', 'Oslo')
  page.window.history.pushState(null, '', '/next')
  await page.advance(1_000)
  const left = page.sent.find(({ body }) => body.events.some(({ name }) => name === 'form_abandon'))
  expect(left?.body.page).toBe('/')
  expect(await sentOf(page, 'form_abandon')).toHaveLength(1)
})

test('a form in which nothing is left entered, or that was only looked at, is not abandoned', async () => {
  const { page } = await makeStarted()
  await enter(page, 'city', 'Oslo')
  await enter(page, 'city', '')
  page.emit(page.window, 'pagehide')
  expect(await formsOf(page)).toEqual([['form_start', SIGNUP]])
  const looked = await makeStarted()
  looked.page.emit(field(looked.page, 'city'), 'focusin')
  looked.page.emit(looked.page.window, 'pagehide')
  expect(await formsOf(looked.page)).toEqual([])
})

test('a withdrawal in the middle of a form says nothing of it', async () => {
  const { page, tracker } = await makeStarted()
  await enter(page, 'city', 'Oslo')
  tracker.consent('none')
  page.emit(page.window, 'pagehide')
  expect(await formsOf(page)).toEqual([])
})

test('a form that a script sends, without a submit that could be heard, is sent and not abandoned', async () => {
  const { page } = await makeStarted()
  await enter(page, 'city', 'Oslo')
  page.emit(field(page, 'newsletter'), 'formdata')
  page.emit(page.window, 'pagehide')
  expect((await formsOf(page))[1]).toEqual([
    'form_submit',
    { ...SIGNUP, form_fields: 1, form_last_field: 'city' },
  ])
})

test('an entry after a script looked at the form is one that may be abandoned', async () => {
  const { page } = await makeStarted()
  await enter(page, 'city', 'Oslo')
  page.emit(field(page, 'newsletter'), 'formdata')
  await enter(page, 'topic', 'b')
  page.emit(page.window, 'pagehide')
  expect((await formsOf(page)).at(-1)).toMatchObject(['form_abandon', { form_last_field: 'topic' }])
})

test.each([
  '<input name="f" type="password">',
  '<input name="f" autocomplete="section-a cc-number">',
  '<input name="f" autocomplete="one-time-code">',
  '<input name="f" autocomplete="bday-day">',
  '<input name="f" id="x" data-name="cardNumber">',
  '<input name="f" data-name="health_insurance">',
  '<input name="f" data-name="religion">',
  '<input name="f" data-name="jo@mail.test">',
  '<input name="f" data-name="order-1234567">',
])('the name of a sensitive field is not told: %s', async (html) => {
  const { page } = await makeStarted(`<form id="f-form">${html}</form>`)
  const input = field(page, 'f')
  if (input.dataset.name !== undefined) input.setAttribute('name', input.dataset.name)
  input.value = 'x'
  page.emit(input, 'input')
  await page.settle()
  page.emit(page.window, 'pagehide')
  expect((await formsOf(page)).at(-1)).toEqual(['form_abandon', { form_id: 'f-form', form_fields: 1 }])
})

test('nothing of a private form is told', async () => {
  const { page } = await makeStarted(`<div data-attune-private>${FORM}</div>`)
  await enter(page, 'city', 'Oslo')
  page.emit(field(page, 'newsletter'), 'submit')
  page.emit(page.window, 'pagehide')
  expect(await formsOf(page)).toEqual([])
})

test('fields called id and name do not stand for the form’s own', async () => {
  const { page } = await makeStarted('<form id="real"><input name="id"><input name="name"></form>')
  await enter(page, 'name', 'Jo Doe')
  expect(await formsOf(page)).toEqual([['form_start', { form_id: 'real' }]])
})

test('a field that had the focus before the tracker came is watched', async () => {
  const page = makePage()
  page.window.document.body.innerHTML = FORM
  page.consent('preferences')
  field(page, 'city').focus()
  const { asked } = await createWhole(page)
  expect(asked).toEqual(['forms', 'session'])
})

test('what was filled in while the part was loaded counts', async () => {
  const { page } = await makeStarted()
  field(page, 'city').value = 'Oslo'
  page.emit(field(page, 'city'), 'focusin')
  page.emit(field(page, 'city'), 'input')
  await page.settle()
  expect(await formsOf(page)).toEqual([['form_start', SIGNUP]])
})
