/** Whether a member is an extension that others than the service understand: it stays with the documentation. */
export function isVendorExtension(member: string): boolean {
  return member.startsWith('x-') && !member.startsWith('x-amazon-apigateway-')
}
