import type { Setting } from './setting.ts'
import { configFile, settingNames, settings } from './settings.ts'

/** The manual of all settings, in Markdown: `docs/configuration.md` is this text. */
export function configurationReference(): string {
  const names = settingNames
  const example = Object.fromEntries(names.map((name) => [name, settings[name].example]))
  return `# Configuration

<!-- Printed by \`src/config/reference.ts\` from the table in \`src/config/table/\`: edit there. -->

Each setting can come from a flag of \`gatehouse start\`, an environment variable, or the configuration file. A flag goes
before a variable, a variable before the file, and the file before the default. Unknown names and wrong values end the
start, which reports all of them at once. An empty environment variable counts as unset.

The configuration file is JSON: an object with the keys below. \`${configFile.flag} ${configFile.placeholder}\` or \`${configFile.env}\` names it.

| Key | Flag | Environment variable | Value | Default | Meaning |
| --- | --- | --- | --- | --- | --- |
${names.map((name) => tableRow(name, settings[name])).join('\n')}

## Accounts

All APIs, functions and identities are of \`account\`, until a client signs with a key of another one. Each entry of \`rootKeys\`
gives the root of another account an access key; with it, that account gets users, roles and APIs of its own:

| Member | Value |
| --- | --- |
| \`account\` | Twelve digits. Required. |
| \`accessKeyIdEnv\`, \`secretAccessKeyEnv\` | Names of the environment variables that hold the access key, so that no secret is in the file. Required. |

## Remote functions

Each entry of \`remoteFunctions\` has these members:

| Member | Value |
| --- | --- |
| \`arn\` | Pattern over full function ARNs, in which \`*\` stands for any text and \`?\` for one character. Required. |
| \`endpoint\` | http or https URL of an endpoint that speaks Lambda's Invoke. Required. |
| \`region\` | Region to sign for. Default: the one of the function's ARN. |
| \`accessKeyIdEnv\`, \`secretAccessKeyEnv\` | Names of the environment variables that hold the access key, so that no secret is in the file. Without them, calls are not signed. |
| \`sessionTokenEnv\` | Name of the environment variable that holds the session token of temporary credentials. |

## Service endpoints

Integrations of type \`AWS\` call the service that their URI names at its public endpoint, unless an entry of
\`serviceEndpoints\` says where it is. The first entry that matches is used:

| Member | Value |
| --- | --- |
| \`service\` | The service as integrations' URIs name it, such as \`dynamodb\` or \`s3\`; with its subdomain, such as \`data-ats.iot\`, the entry stands for that host alone. Required. |
| \`url\` | http or https URL; a path in it goes before the path of every request. Required. |
| \`region\` | The entry holds for URIs of this region only. Default: all regions. |
| \`signingName\` | The service name to sign for. Default: the service's own. |

## Roles

Each entry of \`roles\` gives the integrations with AWS services whose \`credentials\` match an access key to sign with. The first
entry that matches is used; without one, [a session of the role](credentials.md#aws-services) may do:

| Member | Value |
| --- | --- |
| \`arn\` | Pattern over role ARNs, in which \`*\` stands for any text and \`?\` for one character. Required. |
| \`accessKeyIdEnv\`, \`secretAccessKeyEnv\` | Names of the environment variables that hold the access key, so that no secret is in the file. Required. |
| \`sessionTokenEnv\` | Name of the environment variable that holds the session token of temporary credentials. |

## User pools

Authorizers of type \`COGNITO_USER_POOLS\` trust the tokens of Cognito itself, unless an entry of \`userPools\` says where the tokens
of a pool come from: any OpenID provider that signs with RS256. The first entry that matches is used. In its URLs, \`{poolId}\`
stands for the id of the pool:

| Member | Value |
| --- | --- |
| \`arn\` | Pattern over user pool ARNs, in which \`*\` stands for any text and \`?\` for one character. Required. |
| \`issuer\` | http or https URL: the \`iss\` of the tokens. Required. |
| \`jwksUri\` | http or https URL of the public keys. Default: where the issuer's \`/.well-known/openid-configuration\` says. |

## VPC link targets

A VPC link leads to a load balancer or a Cloud Map service. Each entry of \`vpcLinkTargets\` says which private backends stand
behind one, or behind one listener of a load balancer; see [private backends](private-backends.md):

| Member | Value |
| --- | --- |
| \`arn\` | ARN of the load balancer, of the listener, or of the Cloud Map service. Required. |
| \`targets\` | Hosts with their ports. Nothing reaches them but through a VPC link. An instance of a Cloud Map service may be an object: \`address\`, the host with its port, and \`attributes\`, texts by their names, by which integrations choose. Required. |
| \`port\` | The entry answers for this port of integrations' URIs only. Default: every port without an entry of its own. |
| \`protocol\` | \`HTTP\` or \`HTTPS\`: what the targets speak. Default: what the integration's URI says. |
| \`serverName\` | The name that the targets' certificates must have. Default: the host of the integration's URI, or the integration's \`serverNameToVerify\`. |
| \`caFile\` | PEM file of the only certificate authorities that are trusted for these targets. Default: the public ones, and those of \`backendCaFile\`. |
| \`healthCheck\` | \`path\`: asked for with \`GET\` at intervals; a status of 200 to 399 is healthy. \`intervalSeconds\`: 1 to 300, 10 by default. The checks speak what \`protocol\` says, else HTTP. Default: no checks. |

## VPC endpoints

Each entry of \`vpcEndpoints\` opens a listener that stands for an interface endpoint of AWS's service \`execute-api\`. It serves
private APIs and nothing else; see [private APIs](private-apis.md):

| Member | Value |
| --- | --- |
| \`vpcEndpointId\` | Id such as \`vpce-0123456789abcdef0\`: the \`aws:SourceVpce\` of its calls. Required. |
| \`vpcId\` | Id such as \`vpc-0123456789abcdef0\`: the \`aws:SourceVpc\` of its calls. Required. |
| \`port\` | Port to listen on, 1 to 65535. Required. |
| \`host\` | Address to listen on. Default: the setting \`host\`. |
| \`region\` | The region whose private APIs it leads to. Default: the setting \`region\`. |
| \`policy\` | The endpoint policy, a policy document as a JSON object: what it does not allow is refused. Default: everything may pass. |

## Example

Every key, with an example value:

\`\`\`json
${JSON.stringify(example, undefined, 2)}
\`\`\`
`
}

/** The default as a user would write it, or in words. */
export function defaultText({ default: value, defaultText: words }: Setting<unknown>): string {
  return words ?? String(value('.'))
}

function tableRow(name: string, row: Setting<unknown>): string {
  const cells = [
    code(name),
    row.flag === undefined ? '–' : code([row.flag, row.kind.placeholder].filter(Boolean).join(' ')),
    row.env === undefined ? '–' : code(row.env),
    row.unit === undefined ? row.kind.expected : `${row.kind.expected} (${row.unit})`,
    row.defaultText ?? code(defaultText(row)),
    `${row.description}.`,
  ]
  return `| ${cells.join(' | ')} |`
}

function code(text: string): string {
  return `\`${text}\``
}
