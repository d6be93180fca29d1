/** Whether this account may install Debian's packages: a container's, mostly. */
export function mayInstall(): boolean
/** Installs Debian's packages, and nothing that they merely recommend. Resolves to the log's path when that failed, else to undefined. */
export function installDebian(packages: readonly string[]): Promise<string | undefined>
