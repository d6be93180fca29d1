export { observe } from './chunk/live.ts'
