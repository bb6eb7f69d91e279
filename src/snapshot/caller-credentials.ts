/** Whether credentials of an integration are those of whoever calls: `arn:aws:iam::*:user/*`. */
export function areCallers(credentials: string): boolean {
  return /^arn:[\w-]+:iam::\*:user\/\*$/.test(credentials)
}
