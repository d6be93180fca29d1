// Of these one file each is measured: what the whole of Umami and PostHog need to run is not installed.
const ALONE = ['posthog-js', 'umami']

function readPackage(manifest) {
  return ALONE.includes(manifest.name)
    ? { ...manifest, dependencies: {}, optionalDependencies: {}, peerDependencies: {} }
    : manifest
}

module.exports = { hooks: { readPackage } }
