import type { NextConfig } from 'next'

const config: NextConfig = {
  // Left as installed: it loads the clients of the stores that are asked for.
  serverExternalPackages: ['@attune/storage'],
}

export default config
