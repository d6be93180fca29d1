// The deferred script of a WordPress page: watches what happens, keeps the profile in the browser, and works out what the
// pages to come show.
import { startPage } from './start-page.ts'

startPage(window)
