// The menu "View as…" of the admin bar on the site's own pages.
import { startViewAs } from './start-view-as.ts'

startViewAs(window)
