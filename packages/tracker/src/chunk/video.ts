export { observeVideo as observe } from '../observe/observe-video.ts'
