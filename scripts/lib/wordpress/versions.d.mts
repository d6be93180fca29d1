/** Where the tests put their sites. */
export const testSites: string
