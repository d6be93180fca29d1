export { observe } from './chunk/search.ts'
