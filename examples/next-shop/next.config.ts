import type { NextConfig } from 'next'

const config: NextConfig = {
  // Left as installed: its SQLite driver starts a worker thread from a file beside its own.
  serverExternalPackages: ['@attune/storage'],
}

export default config
