/** Documented: of a method's ARN, where calls are authorized. */
export const maxArnBytes = 1_600
