export { observe } from './chunk/forms.ts'
