export { observe } from './chunk/video.ts'
