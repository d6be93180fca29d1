export { observe } from './chunk/session.ts'
