import { createRequire } from 'node:module'

/** The package's version: `package.json` lies above `src` and above `dist` alike. */
export const version: string = createRequire(import.meta.url)('../package.json').version
