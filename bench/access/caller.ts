import { IAM } from '@aws-sdk/client-iam'
import { signRequest } from '../../src/sigv4/sign-request.ts'
import type { Gatehouse } from '../gatehouse.ts'
import type { LoadTarget } from '../load.ts'

interface Key {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** Creates a user who may invoke every API. @returns The user's access key. */
export async function createCaller({ port }: Gatehouse): Promise<Key> {
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' }
  const iam = new IAM({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials })
  const user = { UserName: 'ada' }
  const Statement = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'arn:aws:execute-api:*:*:*' }
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  await iam.createUser(user)
  await iam.putUserPolicy({ ...user, PolicyName: 'call', PolicyDocument })
  const { AccessKey: { AccessKeyId = '', SecretAccessKey = '' } = {} } = await iam.createAccessKey(user)
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey }
}

/** The target with a signature in its headers, which holds for five minutes. */
export function signedTarget(target: LoadTarget, body: string, credentials: Key): LoadTarget {
  const { pathname } = new URL(target.url)
  const url = new URL(pathname, `http://${target.headers['Host']}`)
  const options = { credentials, region: 'us-east-1', service: 'execute-api', date: new Date() }
  const { host: _, ...signed } = signRequest({ method: 'POST', url, body }, options)
  return { ...target, headers: { ...target.headers, ...signed }, body }
}
