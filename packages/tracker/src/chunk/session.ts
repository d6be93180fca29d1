export { observeSession as observe } from '../session/observe-session.ts'
