export { observe } from './chunk/marks.ts'
