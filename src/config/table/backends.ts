import { certificateFile } from '../certificate-file.ts'
import { roleList } from '../role.ts'
import { serviceEndpointList } from '../service-endpoint.ts'
import { setting, withoutDefault } from '../setting.ts'
import { userPoolList } from '../user-pool.ts'
import { vpcEndpointList } from '../vpc-endpoint.ts'
import { vpcLinkTargetList } from '../vpc-link-target.ts'

/** What lies around the gateway: where AWS has services, networks and roles. */
export const backends = {
  serviceEndpoints: setting({
    kind: serviceEndpointList,
    default: () => [],
    defaultText: 'none',
    description:
      'Where integrations with AWS services send their requests; a service without an entry is called at its public endpoint',
    example: [
      { service: 'dynamodb', url: 'http://127.0.0.1:8000' },
      { service: 's3', region: 'eu-central-1', url: 'https://minio.example.com' },
    ],
  }),
  roles: setting({
    kind: roleList,
    default: () => [],
    defaultText: 'none',
    description:
      'Access keys that integrations with AWS services sign with, by the role in their `credentials`; the first entry whose `arn` matches is used',
    example: [
      {
        arn: 'arn:aws:iam::123456789012:role/pets-*',
        accessKeyIdEnv: 'PETS_ACCESS_KEY_ID',
        secretAccessKeyEnv: 'PETS_SECRET_ACCESS_KEY',
        sessionTokenEnv: 'PETS_SESSION_TOKEN',
      },
    ],
  }),
  backendCaFile: setting({
    flag: '--backend-ca-file',
    env: 'GATEHOUSE_BACKEND_CA_FILE',
    kind: withoutDefault(certificateFile),
    default: () => undefined,
    defaultText: 'none',
    description:
      'Certificates of authorities, in PEM form, that HTTPS backends are trusted by besides the public ones; in the configuration file, a relative path begins at the folder of that file',
    example: '/etc/gatehouse/backend-ca.pem',
  }),
  userPools: setting({
    kind: userPoolList,
    default: () => [],
    defaultText: 'none',
    description:
      'Where the tokens of Cognito user pools come from, which may be any OpenID provider; a pool without an entry is Cognito’s own',
    example: [
      {
        arn: 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_*',
        issuer: 'http://127.0.0.1:9229/{poolId}',
        jwksUri: 'http://127.0.0.1:9229/{poolId}/.well-known/jwks.json',
      },
    ],
  }),
  vpcLinkTargets: setting({
    kind: vpcLinkTargetList,
    default: () => [],
    defaultText: 'none',
    description:
      'Private backends that VPC links lead to, by the ARN of the load balancer, listener or Cloud Map service that they stand for',
    example: [
      {
        arn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/orders/0123456789abcdef',
        targets: ['10.0.0.5:8080', '10.0.0.6:8080'],
        healthCheck: { path: '/health', intervalSeconds: 5 },
      },
      {
        arn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/pets/0123456789abcdef/fedcba9876543210',
        targets: ['pets.internal:8443'],
        protocol: 'HTTPS',
        serverName: 'pets.example.com',
        caFile: '/etc/gatehouse/pets-ca.pem',
      },
      {
        arn: 'arn:aws:servicediscovery:us-east-1:123456789012:service/srv-0123456789abcdef',
        targets: [
          { address: '10.0.0.7:8080', attributes: { deployment: 'blue' } },
          { address: '10.0.0.8:8080', attributes: { deployment: 'green' } },
        ],
      },
    ],
  }),
  vpcEndpoints: setting({
    kind: vpcEndpointList,
    default: () => [],
    defaultText: 'none',
    description: 'Private listeners that stand for the VPC endpoints through which private APIs are called',
    example: [
      {
        vpcEndpointId: 'vpce-0123456789abcdef0',
        vpcId: 'vpc-0123456789abcdef0',
        host: '10.0.0.2',
        port: 8443,
        region: 'us-east-1',
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }],
        },
      },
    ],
  }),
} as const
