/** Documented: these verbs reach HTTP backends without a body. */
export const bodiless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])
