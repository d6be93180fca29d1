import type { NextConfig } from 'next'

const config: NextConfig = {
  // Its SQLite driver runs in a worker thread, which must stay a file of its own.
  serverExternalPackages: ['@attune/storage'],
}

export default config
