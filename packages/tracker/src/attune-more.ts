export { observe } from './chunk/more.ts'
