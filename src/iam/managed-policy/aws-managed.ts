import { createHash } from 'node:crypto'
import { type AwsPolicy, awsPolicies } from './aws-documents.ts'
import type { PolicyRecord } from './managed-policy.ts'

/** AWS's own policies, the same in every account. */
export function awsManagedPolicies(): readonly PolicyRecord[] {
  return [...byResource.values()]
}

/** @param resource The last part of its ARN, such as `policy/service-role/AWSLambdaRole`. */
export function awsManagedPolicy(resource: string): PolicyRecord | undefined {
  return byResource.get(resource)
}

const byResource: ReadonlyMap<string, PolicyRecord> = new Map(
  awsPolicies.map((policy) => [`policy${policy.path ?? '/'}${policy.name}`, recordOf(policy)]),
)

function recordOf({ name, path = '/', version, date, statements }: AwsPolicy): PolicyRecord {
  const arn = `arn:aws:iam::aws:policy${path}${name}`
  const createdAt = Date.parse(date)
  const document = JSON.stringify({ Version: '2012-10-17', Statement: statements })
  return {
    id: idOf(arn),
    name,
    path,
    arn,
    tags: [],
    createdAt,
    updatedAt: createdAt,
    defaultVersionId: version,
    versions: [{ id: version, document, createdAt }],
    lastVersion: Number(version.slice(1)),
  }
}

/** An id of the usual form, the same at every start. AWS's own ids are not documented. */
function idOf(arn: string): string {
  return `ANPA${createHash('sha256').update(arn).digest('hex').toUpperCase().replace(/[01]/g, 'Z').slice(0, 17)}`
}
