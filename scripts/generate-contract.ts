import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parseArgs } from 'node:util'
import { readBotocore } from './contract/botocore.ts'
import { render } from './contract/render.ts'
import { readSdk } from './contract/sdk-schema.ts'
import { withConstraints } from './contract/with-constraints.ts'

/**
 * Writes `src/wire/contract/{service}.gen.json` from the SDK packages' schemas and botocore's models. The output depends on
 * the two packages' versions alone.
 *
 *     npm run generate -- --botocore /usr/lib/python3/dist-packages/botocore/data
 */
const services = [
  { service: 'apigateway', sdk: '@aws-sdk/client-api-gateway' },
  { service: 'apigatewayv2', sdk: '@aws-sdk/client-apigatewayv2' },
  { service: 'iam', sdk: '@aws-sdk/client-iam' },
  { service: 'lambda', sdk: '@aws-sdk/client-lambda' },
  { service: 'sts', sdk: '@aws-sdk/client-sts' },
]

const { botocore: folder } = parseArgs({ options: { botocore: { type: 'string' } } }).values
if (!folder) throw new Error("say where botocore's models are: --botocore {site-packages}/botocore/data")

const require = createRequire(import.meta.url)
for (const { service, sdk } of services) {
  const model = readBotocore(folder, service)
  const { version } = JSON.parse(readFileSync(require.resolve(`${sdk}/package.json`), 'utf8'))
  const sources = { [sdk]: version, botocore: model.version }
  const contract = withConstraints(service, readSdk(require(sdk)), model)
  writeFileSync(new URL(`../src/wire/contract/${service}.gen.json`, import.meta.url), render({ ...contract, sources }))
}
