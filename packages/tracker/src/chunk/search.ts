export { observeSearch as observe } from '../observe/observe-search.ts'
