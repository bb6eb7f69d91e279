/** The condition keys that management calls are judged by; some are absent from some calls, as on AWS. */
const known: ReadonlySet<string> = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:federatedprovider',
  'aws:multifactorauthage',
  'aws:multifactorauthpresent',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principaltype',
  'aws:referer',
  'aws:requestedregion',
  'aws:securetransport',
  'aws:sourceidentity',
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:tagkeys',
  'aws:tokenissuetime',
  'aws:useragent',
  'aws:userid',
  'aws:username',
  'aws:viaawsservice',
  'aws:vpcsourceip',
  'iam:passedtoservice',
  'iam:permissionsboundary',
  'iam:policyarn',
])

/**
 * Whether a statement's condition on a key can be judged. A statement with any other, such as `apigateway:Request/…` or
 * `aws:ResourceTag/…`, must not let anybody in.
 * @param key In lower case.
 */
export function isKnownKey(key: string): boolean {
  return known.has(key) || key.startsWith('aws:principaltag/') || key.startsWith('aws:requesttag/')
}
