export { observeForms as observe } from '../observe/observe-forms.ts'
