export { observeMarks as observe } from '../observe/observe-marks.ts'
