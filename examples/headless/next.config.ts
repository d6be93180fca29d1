import type { NextConfig } from 'next'

const config: NextConfig = {
  // Left as installed: its SQLite driver starts a worker thread from a file beside its own.
  serverExternalPackages: ['@attune/storage'],
  // WordPress’s addresses end with a slash. They stay as they are: rules may speak of them.
  skipTrailingSlashRedirect: true,
}

export default config
