import type { Numbers } from '../numbers.ts'
import { type Connection, type ConnectionState, connect } from './connect.ts'
import { byId, setText } from './dom.ts'
import { showNumbers, showRates } from './show-numbers.ts'
import { timeText } from './words.ts'

// Whoever asked for less motion gets a chart that changes less often.
const CALM_MS = 5_000

const calm = matchMedia('(prefers-reduced-motion: reduce)')
const input = document.querySelector<HTMLInputElement>('#token')!
let connection: Connection | undefined
let state: ConnectionState | undefined
let newest: Numbers | undefined
let drawnAt = 0
let pausedAt: number | undefined

function openDoor(trouble: string): void {
  connection?.stop()
  connection = undefined
  state = undefined
  newest = undefined
  pausedAt = undefined
  byId('live').hidden = true
  byId('door').hidden = false
  setText(byId('door-trouble'), trouble)
  input.setAttribute('aria-invalid', String(trouble !== ''))
  input.focus()
  input.select()
}

function begin(token: string): void {
  setText(byId('door-trouble'), '')
  connection?.stop()
  connection = connect(new URL('live/numbers', location.href).href, token, {
    onNumbers: (numbers) => {
      newest = numbers
      if (byId('live').hidden) enter()
      show()
    },
    onState: (next) => {
      state = next
      if (next.is !== 'refused') return showState()
      openDoor(
        next.status === 401
          ? 'This token opens nothing here. Look at it again, or ask whoever set ATTUNE_KEYS.'
          : 'The role of this token may not see these numbers.',
      )
    },
  })
}

// Nobody is led past the door before there is something to see.
function enter(): void {
  byId('door').hidden = true
  byId('live').hidden = false
  input.value = ''
  setText(byId('host'), location.host)
  byId('title').focus()
}

function show(): void {
  if (newest === undefined || pausedAt !== undefined || document.hidden) return
  showNumbers(newest)
  const now = Date.now()
  if (calm.matches && now - drawnAt < CALM_MS) return
  drawnAt = now
  showRates(newest)
}

function showState(): void {
  const isLost = state?.is === 'lost'
  if (isLost && byId('live').hidden) {
    setText(byId('door-trouble'), 'The collector cannot be reached. Trying again.')
  }
  const word = isLost ? 'lost' : pausedAt === undefined ? 'live' : 'paused'
  const at = pausedAt === undefined ? '' : ` at ${timeText(pausedAt)}`
  byId('state').className = `state ${word}`
  setText(byId('state'), { lost: 'Connection lost', live: 'Live', paused: `Paused${at}` }[word])
  byId('lost').hidden = !isLost
  byId('shown').classList.toggle('old', isLost)
  if (state?.is !== 'lost') return
  const seen = newest === undefined ? '' : ` What you see is from ${timeText(newest.now)}.`
  setText(
    byId('lost-text'),
    `The collector does not answer.${seen} Trying again at ${timeText(state.again)}.`,
  )
}

byId('door').addEventListener('submit', (event) => {
  event.preventDefault()
  const token = input.value.trim()
  if (token !== '') begin(token)
})
byId('pause').addEventListener('click', () => {
  pausedAt = pausedAt === undefined ? Date.now() : undefined
  setText(byId('pause'), pausedAt === undefined ? 'Pause' : 'Resume')
  showState()
  show()
})
byId('leave').addEventListener('click', () => {
  setText(byId('pause'), 'Pause')
  openDoor('')
})
byId('retry').addEventListener('click', () => connection?.retry())
addEventListener('online', () => connection?.retry())
document.addEventListener('visibilitychange', show)
addEventListener('resize', () => {
  if (newest !== undefined && !byId('live').hidden) showRates(newest)
})
openDoor('')
