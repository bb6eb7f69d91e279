/** A policy that AWS provides in every account. */
export interface AwsPolicy {
  readonly name: string
  /** `/` unless told otherwise. */
  readonly path?: string
  /** The version that is described here, the default one. */
  readonly version: `v${number}`
  /** When that version was made. */
  readonly date: string
  readonly statements: readonly object[]
}

const allow = (actions: string | readonly string[], resource: string | readonly string[] = '*') => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resource,
})

const logging = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']

/** Those of AWS's policies that users of API Gateway attach, as AWS documents them. */
export const awsPolicies: readonly AwsPolicy[] = [
  { name: 'AdministratorAccess', version: 'v1', date: '2015-02-06T18:39:46Z', statements: [allow('*')] },
  {
    name: 'PowerUserAccess',
    version: 'v12',
    date: '2026-02-12T17:59:14Z',
    statements: [
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
      allow([
        'account:GetAccountInformation',
        'account:GetGovCloudAccountInformation',
        'account:GetPrimaryEmail',
        'account:ListRegions',
        'iam:CreateServiceLinkedRole',
        'iam:DeleteServiceLinkedRole',
        'iam:ListRoles',
        'organizations:DescribeEffectivePolicy',
        'organizations:DescribeOrganization',
      ]),
    ],
  },
  {
    name: 'IAMFullAccess',
    version: 'v2',
    date: '2019-06-21T19:40:00Z',
    statements: [
      allow([
        'iam:*',
        'organizations:DescribeAccount',
        'organizations:DescribeOrganization',
        'organizations:DescribeOrganizationalUnit',
        'organizations:DescribePolicy',
        'organizations:ListChildren',
        'organizations:ListParents',
        'organizations:ListPoliciesForTarget',
        'organizations:ListRoots',
        'organizations:ListPolicies',
        'organizations:ListTargetsForPolicy',
      ]),
    ],
  },
  {
    name: 'IAMReadOnlyAccess',
    version: 'v4',
    date: '2018-01-25T19:11:27Z',
    statements: [
      allow([
        'iam:GenerateCredentialReport',
        'iam:GenerateServiceLastAccessedDetails',
        'iam:Get*',
        'iam:List*',
        'iam:SimulateCustomPolicy',
        'iam:SimulatePrincipalPolicy',
      ]),
    ],
  },
  {
    name: 'AmazonAPIGatewayAdministrator',
    version: 'v1',
    date: '2015-07-09T17:34:45Z',
    statements: [allow(['apigateway:*'], 'arn:aws:apigateway:*::/*')],
  },
  {
    name: 'AmazonAPIGatewayInvokeFullAccess',
    version: 'v2',
    date: '2018-12-18T18:25:10Z',
    statements: [allow(['execute-api:Invoke', 'execute-api:ManageConnections'], 'arn:aws:execute-api:*:*:*')],
  },
  {
    name: 'AmazonAPIGatewayPushToCloudWatchLogs',
    path: '/service-role/',
    version: 'v1',
    date: '2015-11-11T23:41:46Z',
    statements: [
      allow([
        'logs:CreateLogGroup',
        'logs:CreateLogStream',
        'logs:DescribeLogGroups',
        'logs:DescribeLogStreams',
        'logs:PutLogEvents',
        'logs:GetLogEvents',
        'logs:FilterLogEvents',
      ]),
    ],
  },
  {
    name: 'AWSLambdaBasicExecutionRole',
    path: '/service-role/',
    version: 'v1',
    date: '2015-04-09T15:03:43Z',
    statements: [allow(logging)],
  },
  {
    name: 'AWSLambdaVPCAccessExecutionRole',
    path: '/service-role/',
    version: 'v3',
    date: '2024-01-05T22:38:26Z',
    statements: [
      {
        Sid: 'AWSLambdaVPCAccessExecutionPermissions',
        ...allow([
          ...logging,
          'ec2:CreateNetworkInterface',
          'ec2:DescribeNetworkInterfaces',
          'ec2:DescribeSubnets',
          'ec2:DeleteNetworkInterface',
          'ec2:AssignPrivateIpAddresses',
          'ec2:UnassignPrivateIpAddresses',
        ]),
      },
    ],
  },
  {
    name: 'AWSLambdaRole',
    path: '/service-role/',
    version: 'v1',
    date: '2015-02-06T18:41:28Z',
    statements: [allow(['lambda:InvokeFunction'], ['*'])],
  },
  {
    name: 'AWSXRayDaemonWriteAccess',
    version: 'v2',
    date: '2024-02-13T21:58:30Z',
    statements: [
      {
        Sid: 'AWSXRayDaemonWriteAccess',
        ...allow(
          [
            'xray:PutTraceSegments',
            'xray:PutTelemetryRecords',
            'xray:GetSamplingRules',
            'xray:GetSamplingTargets',
            'xray:GetSamplingStatisticSummaries',
          ],
          ['*'],
        ),
      },
    ],
  },
  {
    name: 'AWSLambda_FullAccess',
    version: 'v5',
    date: '2026-02-11T22:18:56Z',
    statements: [
      allow([
        'cloudformation:DescribeStacks',
        'cloudformation:ListStackResources',
        'cloudwatch:ListMetrics',
        'cloudwatch:GetMetricData',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcs',
        'kms:DescribeKey',
        'kms:ListAliases',
        'iam:GetPolicy',
        'iam:GetPolicyVersion',
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:ListAttachedRolePolicies',
        'iam:ListRolePolicies',
        'iam:ListRoles',
        'lambda:*',
        'logs:DescribeLogGroups',
        'states:DescribeStateMachine',
        'states:ListStateMachines',
        'tag:GetResources',
        'xray:GetTraceSummaries',
        'xray:BatchGetTraces',
      ]),
      {
        ...allow('iam:PassRole'),
        Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      },
      allow(
        [
          'logs:DescribeLogStreams',
          'logs:GetLogEvents',
          'logs:FilterLogEvents',
          'logs:StartLiveTail',
          'logs:StopLiveTail',
        ],
        'arn:aws:logs:*:*:log-group:/aws/lambda/*',
      ),
      {
        ...allow(
          'iam:CreateServiceLinkedRole',
          'arn:aws:iam::*:role/aws-service-role/lambda.amazonaws.com/AWSServiceRoleForLambda',
        ),
        Condition: { StringEquals: { 'iam:AWSServiceName': 'lambda.amazonaws.com' } },
      },
    ],
  },
  {
    name: 'AmazonS3FullAccess',
    version: 'v2',
    date: '2021-09-27T20:16:37Z',
    statements: [allow(['s3:*', 's3-object-lambda:*'])],
  },
  {
    name: 'AmazonS3ReadOnlyAccess',
    version: 'v3',
    date: '2023-08-10T21:31:39Z',
    statements: [allow(['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*'])],
  },
  { name: 'AmazonSQSFullAccess', version: 'v1', date: '2015-02-06T18:41:07Z', statements: [allow(['sqs:*'])] },
  { name: 'AmazonKinesisFullAccess', version: 'v1', date: '2015-02-06T18:40:29Z', statements: [allow('kinesis:*')] },
]
