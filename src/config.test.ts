import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { describe, test } from 'node:test'
import { ConfigError } from './config/config-error.ts'
import { namedVariables } from './config/credentials.ts'
import { configurationReference } from './config/reference.ts'
import { settingNames, settings } from './config/settings.ts'
import { type Config, type ConfigSources, readConfig } from './config.ts'
import { selfSigned } from './gateway/integration/upstream/test-certificates.ts'

const pem = (await selfSigned({ names: ['ca.example'] })).certificate.trim()

interface Sources extends Partial<ConfigSources> {
  /** The text of `/etc/gatehouse.json`, or what it says. */
  readonly file?: unknown
  /** The texts of other files. */
  readonly files?: Readonly<Record<string, string>>
}

function read({ flags = {}, env = {}, file, files = {} }: Sources = {}): Config {
  const readText = (path: string) => {
    if (path === '/etc/gatehouse.json') return typeof file === 'string' ? file : JSON.stringify(file)
    return files[path] ?? assert.fail('no such file')
  }
  const named = file === undefined ? flags : { config: '/etc/gatehouse.json', ...flags }
  return readConfig({ flags: named, env, folder: '/home/me', readText })
}

function problemsOf(sources: Sources): readonly string[] {
  try {
    read(sources)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

describe('readConfig', () => {
  test('has a default for everything', () => {
    assert.deepEqual(read(), {
      host: '127.0.0.1',
      port: 4566,
      apiPort: undefined,
      dataDir: '/home/me/.gatehouse',
      region: 'us-east-1',
      account: '123456789012',
      rootAccessKeyId: undefined,
      rootSecretAccessKey: undefined,
      rootKeys: [],
      workers: Math.min(Math.ceil(availableParallelism() / 2), 64),
      logLevel: 'info',
      maxEnvironments: 50,
      environmentIdleSeconds: 300,
      maxIntegrationTimeoutMs: 29_000,
      drainSeconds: 30,
      functionLogMegabytes: 10,
      accountRateLimit: undefined,
      accountBurstLimit: undefined,
      rateLimitHeaders: false,
      redis: undefined,
      nodes: undefined,
      maxCacheMegabytes: Math.min(Math.floor(totalmem() / 4 / 1_048_576), 262_144),
      iam: 'off',
      insecureListen: false,
      trustedProxies: [],
      remoteFunctions: [],
      serviceEndpoints: [],
      roles: [],
      backendCaFile: undefined,
      vpcLinkTargets: [],
      vpcEndpoints: [],
      userPools: [],
    } satisfies Config)
  })

  test('prefers flags to variables, those to the file, and that to the default', () => {
    const file = { port: 1, account: '000000000001', region: 'eu-west-1' }
    const env = { GATEHOUSE_PORT: '2', GATEHOUSE_ACCOUNT: '000000000002', PATH: '/bin' }
    const config = read({ flags: { port: '3' }, env, file })
    const { port, account, region, workers } = config
    assert.deepEqual([port, account, region, workers], [3, '000000000002', 'eu-west-1', read().workers])
  })

  test('takes the path of the file from GATEHOUSE_CONFIG too, and resolves it', () => {
    const paths: string[] = []
    const readText = (path: string) => {
      paths.push(path)
      return '{}'
    }
    readConfig({ flags: {}, env: { GATEHOUSE_CONFIG: 'a.json' }, folder: '/home/me', readText })
    readConfig({ flags: { config: 'b.json' }, env: { GATEHOUSE_CONFIG: 'a.json' }, folder: '/home/me', readText })
    assert.deepEqual(paths, ['/home/me/a.json', '/home/me/b.json'])
  })

  test('begins relative folders where they are written', () => {
    assert.equal(read({ flags: { dataDir: 'data' } }).dataDir, '/home/me/data')
    assert.equal(read({ env: { GATEHOUSE_DATA_DIR: '../data' } }).dataDir, '/home/data')
    assert.equal(read({ file: { dataDir: 'data' } }).dataDir, '/etc/data')
    assert.equal(read({ file: { dataDir: '/data' } }).dataDir, '/data')
  })

  test('leaves the variable of the examples alone', () =>
    assert.ok(read({ env: { GATEHOUSE_URL: 'http://127.0.0.1:1' } })))
  test('counts an empty variable as unset', () => assert.equal(read({ env: { GATEHOUSE_PORT: '' } }).port, 4566))

  test('is frozen throughout', () => {
    const config = read({ file: { remoteFunctions: [{ arn: '*', endpoint: 'http://localhost:9001' }] } })
    assert.ok(Object.isFrozen(config))
    assert.ok(Object.isFrozen(config.remoteFunctions))
    assert.ok(Object.isFrozen(config.remoteFunctions[0]))
  })

  test('accepts the example of every setting', () => {
    const file = Object.fromEntries(settingNames.map((name) => [name, settings[name].example]))
    const names = Object.values(file).flatMap(namedVariables)
    const env = Object.fromEntries(names.map((name) => [name, 'SECRET_OF_THE_ENVIRONMENT']))
    assert.deepEqual(
      problemsOf({ file, env, files: { '/etc/gatehouse/backend-ca.pem': pem, '/etc/gatehouse/pets-ca.pem': pem } }),
      [],
    )
  })

  for (const host of ['127.0.0.1', '127.8.9.1', '::1', 'localhost']) {
    test(`listens on ${host} without further ado`, () => assert.equal(read({ flags: { host } }).host, host))
  }
  for (const host of ['0.0.0.0', '::', '192.168.1.5', 'gateway.example.com']) {
    test(`listens on ${host} only when told that it is insecure`, () => {
      const [problem = '', ...more] = problemsOf({ env: { GATEHOUSE_HOST: host } })
      assert.match(problem, /^host .* is open to other machines.*--insecure-listen \(GATEHOUSE_INSECURE_LISTEN=true\)/)
      assert.deepEqual(more, [])
      for (const allowed of [
        { flags: { host, insecureListen: true } },
        { flags: { host }, file: { insecureListen: true } },
      ]) {
        assert.equal(read(allowed).host, host)
      }
    })
  }

  const refusals: readonly (readonly [string, Sources, string])[] = [
    ['text for a number', { flags: { port: 'http' } }, '--port must be an integer from 0 to 65535, not "http"'],
    ['a fraction', { flags: { port: '1.5' } }, '--port must be an integer from 0 to 65535, not "1.5"'],
    [
      'too large a number',
      { env: { GATEHOUSE_PORT: '65536' } },
      'GATEHOUSE_PORT must be an integer from 0 to 65535, not 65536',
    ],
    ['too small a number', { flags: { workers: '0' } }, '--workers must be an integer from 1 to 64, not 0'],
    [
      'a number as text in the file',
      { file: { port: '80' } },
      '/etc/gatehouse.json: port must be an integer from 0 to 65535, not "80"',
    ],
    [
      'null in the file',
      { file: { apiPort: null } },
      '/etc/gatehouse.json: apiPort must be an integer from 0 to 65535, not null',
    ],
    [
      'a number for an account',
      { file: { account: 123456789012 } },
      '/etc/gatehouse.json: account must be a text of 12 digits, not 123456789012',
    ],
    ['a short account', { flags: { account: '1234' } }, '--account must be a text of 12 digits, not "1234"'],
    ['a bad region', { flags: { region: 'useast1' } }, '--region must be a region such as us-east-1, not "useast1"'],
    ['a bad host', { flags: { host: 'a b' } }, '--host must be an IP address or a host name, not "a b"'],
    [
      'half an IP address',
      { flags: { host: '127.0.0' } },
      '--host must be an IP address or a host name, not "127.0.0"',
    ],
    [
      'a bad log level',
      { flags: { logLevel: 'loud' } },
      '--log-level must be one of fatal, error, warn, info, debug, trace, silent, not "loud"',
    ],
    ['an empty folder', { flags: { dataDir: '' } }, '--data-dir must be the path of a folder, not ""'],
    [
      'a bad switch',
      { env: { GATEHOUSE_INSECURE_LISTEN: 'yes' } },
      'GATEHOUSE_INSECURE_LISTEN must be true or false, not "yes"',
    ],
    ['one port twice', { flags: { apiPort: '4566' } }, '--api-port must differ from --port (4566)'],
    [
      'half of a root key',
      { env: { GATEHOUSE_ROOT_ACCESS_KEY_ID: 'AKIAGATEHOUSEROOT234' } },
      'rootAccessKeyId and rootSecretAccessKey must be given together',
    ],
    [
      'half of an account limit',
      { flags: { accountRateLimit: '10' } },
      'accountRateLimit and accountBurstLimit must be given together',
    ],
    ['a number of nodes that share nothing', { flags: { nodes: '3' } }, 'nodes is of use with redis only'],
    [
      'a Redis that is no URL, without repeating it',
      { env: { GATEHOUSE_REDIS: 'http://user:hush@redis' } },
      'GATEHOUSE_REDIS must be a redis or rediss URL such as redis://127.0.0.1:6379/0',
    ],
    [
      'a Redis with a name for its database',
      { flags: { redis: 'redis://localhost/gatehouse' } },
      '--redis must be a redis or rediss URL such as redis://127.0.0.1:6379/0',
    ],
    [
      'a short secret, without repeating it',
      { flags: { rootAccessKeyId: 'AKIAGATEHOUSEROOT234' }, file: { rootSecretAccessKey: 'hush' } },
      '/etc/gatehouse.json: rootSecretAccessKey must be a text of at least 16 characters',
    ],
    [
      'an unknown variable',
      { env: { GATEHOUSE_PROT: '1' } },
      'unknown environment variable "GATEHOUSE_PROT"; did you mean GATEHOUSE_PORT?',
    ],
    ['an unknown key', { file: { datadir: 'x' } }, '/etc/gatehouse.json: unknown key "datadir"; did you mean dataDir?'],
    [
      'a key like nothing known',
      { file: { certificateAuthority: 'x' } },
      '/etc/gatehouse.json: unknown key "certificateAuthority"',
    ],
    ['a key of every object', { file: { constructor: 'x' } }, '/etc/gatehouse.json: unknown key "constructor"'],
    ['a list for a file', { file: [] }, 'the configuration file /etc/gatehouse.json must hold one JSON object'],
  ]
  for (const [what, sources, problem] of refusals) {
    test(`refuses ${what}`, () => assert.deepEqual(problemsOf(sources), [problem]))
  }

  test('refuses a file that is not JSON, in one line', () => {
    const [problem = ''] = problemsOf({ file: '{\n  "port": 1,\n}' })
    assert.match(problem, /^the configuration file \/etc\/gatehouse\.json is not JSON: .+$/)
  })

  test('refuses a file that is missing', () => {
    assert.throws(
      () => readConfig({ flags: { config: 'missing.json' }, env: {}, folder: '/nowhere' }),
      /^ConfigError: the configuration file missing\.json cannot be read: ENOENT/,
    )
  })

  test('reports every problem of every source at once', () => {
    const problems = problemsOf({
      flags: { port: 'a' },
      env: { GATEHOUSE_PORT: 'b', GATEHOUSE_COLOR: '1', GATEHOUSE_WORKERS: '0' },
      file: { port: 'c', prot: 1, region: 7 },
    })
    assert.deepEqual(
      problems.map((problem) => problem.replace(/ (must|\w+ variable) .*/, '')),
      [
        '/etc/gatehouse.json: unknown key "prot"; did you mean port?',
        'unknown',
        '--port',
        'GATEHOUSE_PORT',
        '/etc/gatehouse.json: port',
        'GATEHOUSE_WORKERS',
        '/etc/gatehouse.json: region',
      ],
    )
  })
})

describe('remoteFunctions', () => {
  const arn = 'arn:aws:lambda:us-east-1:123456789012:function:legacy-*'
  const endpoint = 'https://lambda.us-east-1.amazonaws.com'

  test('take their secrets from the variables that they name', () => {
    const env = { GATEHOUSE_KEY: 'id', GATEHOUSE_SECRET: 'secret', TOKEN: 'token' }
    const keys = { accessKeyIdEnv: 'GATEHOUSE_KEY', secretAccessKeyEnv: 'GATEHOUSE_SECRET' }
    const remoteFunctions = [
      { arn, endpoint },
      { arn, endpoint, region: 'eu-west-1', ...keys },
      { arn, endpoint, ...keys, sessionTokenEnv: 'TOKEN' },
    ]
    const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' }
    assert.deepEqual(read({ env, file: { remoteFunctions } }).remoteFunctions, [
      { arn, endpoint },
      { arn, endpoint, region: 'eu-west-1', credentials },
      { arn, endpoint, credentials: { ...credentials, sessionToken: 'token' } },
    ])
  })

  const refusals: readonly (readonly [unknown, readonly string[]])[] = [
    [{}, [' must be a list of objects with arn and endpoint, not {}']],
    [['x'], ['[0] must be an object, not "x"']],
    [
      [{ arn, endpoint }, { arn: 'legacy' }],
      [
        '[1].arn must be a function ARN, in which * and ? stand for any text and any character, not "legacy"',
        '[1].endpoint must be an http or https URL, and is missing',
      ],
    ],
    [[{ arn, endpoint: 'ftp://x' }], ['[0].endpoint must be an http or https URL, not "ftp://x"']],
    [[{ arn, endpoint: 'http://:x' }], ['[0].endpoint must be an http or https URL, not "http://:x"']],
    [[{ arn, endpoint, regoin: 'x' }], ['[0] unknown member "regoin"; did you mean region?']],
    [[{ arn, endpoint, region: 1 }], ['[0].region must be a region such as us-east-1, not 1']],
    [
      [{ arn, endpoint, accessKeyIdEnv: 'ABSENT' }],
      [
        '[0].accessKeyIdEnv names the environment variable ABSENT, which is not set',
        '[0].secretAccessKeyEnv must be the name of an environment variable, and is missing',
      ],
    ],
  ]
  for (const [remoteFunctions, problems] of refusals) {
    test(`refuse ${JSON.stringify(remoteFunctions)}`, () => {
      assert.deepEqual(
        problemsOf({ file: { remoteFunctions } }),
        problems.map((problem) => `/etc/gatehouse.json: remoteFunctions${problem}`),
      )
    })
  }

  test('have neither flag nor variable', () => {
    assert.deepEqual(problemsOf({ env: { GATEHOUSE_REMOTE_FUNCTIONS: '[]' } }).length, 1)
  })
})

describe('serviceEndpoints', () => {
  const url = 'http://127.0.0.1:8000'

  test('say where services are', () => {
    const serviceEndpoints = [
      { service: 'dynamodb', url },
      { service: 'data-ats.iot', url, region: 'eu-west-1', signingName: 'iotdata' },
    ]
    assert.deepEqual(read({ file: { serviceEndpoints } }).serviceEndpoints, serviceEndpoints)
  })

  const refusals: readonly (readonly [unknown, string])[] = [
    [{}, ' must be a list of objects with service and url, not {}'],
    [[{ service: 'dynamodb' }], '[0].url must be an http or https URL, and is missing'],
    [[{ service: 'dynamodb', url: 'x' }], '[0].url must be an http or https URL, not "x"'],
    [[{ service: 'dynamodb', url, region: 'x' }], '[0].region must be a region such as us-east-1, not "x"'],
    [[{ service: 'dynamodb', url, arn: 'x' }], '[0] unknown member "arn"; did you mean url?'],
    [
      [{ service: 'Dynamo DB', url }],
      '[0].service must be a service as in arn:aws:apigateway:us-east-1:dynamodb:action/GetItem, not "Dynamo DB"',
    ],
  ]
  for (const [serviceEndpoints, problem] of refusals) {
    test(`refuse ${JSON.stringify(serviceEndpoints)}`, () => {
      assert.deepEqual(problemsOf({ file: { serviceEndpoints } }), [`/etc/gatehouse.json: serviceEndpoints${problem}`])
    })
  }
})

describe('roles', () => {
  const arn = 'arn:aws:iam::123456789012:role/pets-*'
  const keys = { accessKeyIdEnv: 'KEY', secretAccessKeyEnv: 'SECRET' }

  test('take their secrets from the variables that they name', () => {
    const env = { KEY: 'id', SECRET: 'secret', TOKEN: 'token' }
    const roles = [
      { arn, ...keys },
      { arn: '*', ...keys, sessionTokenEnv: 'TOKEN' },
    ]
    const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' }
    assert.deepEqual(read({ env, file: { roles } }).roles, [
      { arn, credentials },
      { arn: '*', credentials: { ...credentials, sessionToken: 'token' } },
    ])
  })

  const absent = 'must be the name of an environment variable, and is missing'
  const refusals: readonly (readonly [unknown, readonly string[]])[] = [
    [[{ arn }], [`[0].accessKeyIdEnv ${absent}`, `[0].secretAccessKeyEnv ${absent}`]],
    [
      [{ ...keys }],
      ['[0].arn must be a role ARN, in which * and ? stand for any text and any character, and is missing'],
    ],
    [
      [{ arn: 'pets', ...keys }],
      ['[0].arn must be a role ARN, in which * and ? stand for any text and any character, not "pets"'],
    ],
    [
      [{ arn, ...keys, sessionTokenEnv: 'a b' }],
      ['[0].sessionTokenEnv must be the name of an environment variable, not "a b"'],
    ],
    [
      [{ arn, ...keys, secretAccessKey: 'x' }],
      ['[0] unknown member "secretAccessKey"; did you mean secretAccessKeyEnv?'],
    ],
  ]
  for (const [roles, problems] of refusals) {
    test(`refuse ${JSON.stringify(roles)}`, () => {
      const env = { KEY: 'id', SECRET: 'secret' }
      const expected = problems.map((problem) => `/etc/gatehouse.json: roles${problem}`)
      assert.deepEqual(problemsOf({ env, file: { roles } }), expected)
    })
  }

  test('refuse secrets that are not set, and show none', () => {
    assert.deepEqual(problemsOf({ env: { KEY: 'id' }, file: { roles: [{ arn, ...keys }] } }), [
      '/etc/gatehouse.json: roles[0].secretAccessKeyEnv names the environment variable SECRET, which is not set',
    ])
  })
})

describe('rootKeys', () => {
  const account = '210987654321'
  const entry = { account, accessKeyIdEnv: 'KEY', secretAccessKeyEnv: 'SECRET' }
  const [accessKeyId, secretAccessKey] = ['AKIAPARTNERSROOT', 'the-secret-of-a-partner']
  const env = { KEY: accessKeyId, SECRET: secretAccessKey }

  test('take their secrets from the variables that they name', () => {
    assert.deepEqual(read({ env, file: { rootKeys: [entry] } }).rootKeys, [{ account, accessKeyId, secretAccessKey }])
  })

  const refusals: readonly (readonly [string, unknown, NodeJS.ProcessEnv, string])[] = [
    [
      'no account',
      { ...entry, account: undefined },
      env,
      'rootKeys[0].account must be a text of 12 digits, and is missing',
    ],
    ['a short account', { ...entry, account: '1' }, env, 'rootKeys[0].account must be a text of 12 digits, not "1"'],
    [
      'an account for an id',
      entry,
      { ...env, KEY: account },
      'rootKeys[0].accessKeyIdEnv must name an access key id of at least 16 letters and digits',
    ],
    [
      'a short secret',
      entry,
      { ...env, SECRET: 'short' },
      'rootKeys[0].secretAccessKeyEnv must name a text of at least 16 characters',
    ],
    ['a session', { ...entry, sessionTokenEnv: 'KEY' }, env, 'rootKeys[0] unknown member "sessionTokenEnv"'],
  ]
  for (const [name, rootKey, given, problem] of refusals) {
    test(`refuse ${name}, and show no secret`, () => {
      const [found = '', ...more] = problemsOf({ env: given, file: { rootKeys: [rootKey] } })
      assert.deepEqual(
        [found.slice(0, '/etc/gatehouse.json: '.length + problem.length), more],
        [`/etc/gatehouse.json: ${problem}`, []],
      )
    })
  }

  test('refuse one key for two roots', () => {
    const rootKeys = [entry, { ...entry, account: '310987654321' }]
    assert.deepEqual(problemsOf({ env, file: { rootKeys } }), [
      `the access key id ${accessKeyId} is given for more than one root`,
    ])
    const root = { GATEHOUSE_ROOT_ACCESS_KEY_ID: accessKeyId, GATEHOUSE_ROOT_SECRET_ACCESS_KEY: secretAccessKey }
    assert.deepEqual(problemsOf({ env: { ...env, ...root }, file: { rootKeys: [entry] } }), [
      `the access key id ${accessKeyId} is given for more than one root`,
    ])
  })
})

describe('vpcLinkTargets', () => {
  const arn = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/orders/0123456789abcdef'
  const parse = (vpcLinkTargets: unknown) =>
    read({ file: { vpcLinkTargets }, files: { '/etc/ca.pem': `text\n${pem}` } })

  test('name private backends', () => {
    const { vpcLinkTargets } = parse([
      { arn, targets: ['10.0.0.5:8080', 'Orders.internal:80', '[::1]:81'], healthCheck: { path: '/health' } },
      {
        arn: arn.replace('loadbalancer', 'listener'),
        port: 8443,
        targets: ['10.0.0.5:1'],
        protocol: 'HTTPS',
        serverName: 'orders.example.com',
        caFile: 'ca.pem',
        healthCheck: { path: '/', intervalSeconds: 1 },
      },
    ])
    assert.deepEqual(vpcLinkTargets, [
      {
        arn,
        targets: [
          { host: '10.0.0.5', port: 8080 },
          { host: 'orders.internal', port: 80 },
          { host: '::1', port: 81 },
        ],
        healthCheck: { path: '/health', intervalSeconds: 10 },
      },
      {
        arn: arn.replace('loadbalancer', 'listener'),
        port: 8443,
        targets: [{ host: '10.0.0.5', port: 1 }],
        protocol: 'HTTPS',
        serverName: 'orders.example.com',
        caFile: [pem],
        healthCheck: { path: '/', intervalSeconds: 1 },
      },
    ])
  })

  test('name the instances of a Cloud Map service by their attributes', () => {
    const service = 'arn:aws:servicediscovery:us-east-1:123456789012:service/srv-0123456789abcdef'
    const attributes = { stage: 'prod', deployment: 'green' }
    const { vpcLinkTargets } = parse([{ arn: service, targets: [{ address: '[::1]:81', attributes }, 'a:1'] }])
    assert.deepEqual(vpcLinkTargets, [
      {
        arn: service,
        targets: [
          { host: '::1', port: 81, attributes },
          { host: 'a', port: 1 },
        ],
      },
    ])
  })

  const targets = ['10.0.0.5:8080']
  const refusals: readonly (readonly [unknown, string])[] = [
    [
      [{ targets }],
      '[0].arn must be the ARN of a load balancer, of a listener, or of a Cloud Map service, and is missing',
    ],
    [
      [{ arn: 'x', targets }],
      '[0].arn must be the ARN of a load balancer, of a listener, or of a Cloud Map service, not "x"',
    ],
    [[{ arn }], '[0].targets must be a list of hosts and ports, and is missing'],
    [[{ arn, targets: [] }], '[0].targets must name one target at least'],
    [[{ arn, targets: ['a:1', 'A:1'] }], '[0].targets names a:1 twice'],
    [[{ arn, targets: ['a'] }], '[0].targets[0] must be a host and a port such as 10.0.0.5:8080, not "a"'],
    [[{ arn, targets: ['a:70000'] }], '[0].targets[0] must be a host and a port such as 10.0.0.5:8080, not "a:70000"'],
    [
      [{ arn, targets: [{}] }],
      '[0].targets[0].address must be a host and a port such as 10.0.0.5:8080, and is missing',
    ],
    [
      [{ arn, targets: [{ address: 'a:1', attributes: { stage: 1 } }] }],
      '[0].targets[0].attributes must be an object of texts, not {"stage":1}',
    ],
    [
      [{ arn, targets: ['b:1', { address: 'a:1', attributes: {} }] }],
      '[0].targets[1].attributes are for instances of Cloud Map services only',
    ],
    [[{ arn, targets, protocol: 'TCP' }], '[0].protocol must be one of HTTP, HTTPS, not "TCP"'],
    [[{ arn, targets, healthCheck: {} }], '[0].healthCheck.path must be a path such as /health, and is missing'],
    [[{ arn, targets, healthCheck: { path: 'x' } }], '[0].healthCheck.path must be a path such as /health, not "x"'],
    [[{ arn, targets, caFile: 'none.pem' }], '[0].caFile names none.pem, which cannot be read: no such file'],
    [
      [{ arn, targets, caFile: '/etc/gatehouse.json' }],
      '[0].caFile names /etc/gatehouse.json, which holds no certificate in PEM form',
    ],
    [
      [
        { arn, targets },
        { arn, targets },
      ],
      '[1] is for the same ARN and port as another entry',
    ],
  ]
  for (const [vpcLinkTargets, problem] of refusals) {
    test(`refuse ${JSON.stringify(vpcLinkTargets)}`, () =>
      assert.deepEqual(problemsOf({ file: { vpcLinkTargets } }), [`/etc/gatehouse.json: vpcLinkTargets${problem}`]))
  }
})

describe('vpcEndpoints', () => {
  const one = { vpcEndpointId: 'vpce-0a1', vpcId: 'vpc-0a1', port: 8443 }
  const Statement = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }
  const policy = { Version: '2012-10-17', Statement }

  test('are private listeners', () => {
    const two = { vpcEndpointId: 'vpce-0b2', vpcId: 'vpc-0b2', host: '10.0.0.2', port: 8443, region: 'eu-west-1' }
    const { vpcEndpoints } = read({ file: { vpcEndpoints: [one, { ...two, policy }] } })
    assert.deepEqual(vpcEndpoints, [one, { ...two, policy: JSON.stringify(policy) }])
  })

  const refusals: [unknown, string][] = [
    ['x', ' must be a list of objects with vpcEndpointId, vpcId and port, not "x"'],
    [[{ ...one, port: 0 }], '[0].port must be an integer from 1 to 65535, not 0'],
    [[{ ...one, vpcId: 'x' }], '[0].vpcId must be an id such as vpc-0123456789abcdef0, not "x"'],
    [[{ ...one, vpcEndpointId: 'x' }], '[0].vpcEndpointId must be an id such as vpce-0123456789abcdef0, not "x"'],
    [[{ ...one, policy: '{}' }], '[0].policy must be a policy document, not "{}"'],
    [
      [{ ...one, policy: { ...policy, Statement: [{ ...Statement, Principal: undefined }] } }],
      '[0].policy Missing required field Principal (Statement[0])',
    ],
    [[one, { ...one, port: 1 }], '[1] has the vpcEndpointId of another entry'],
  ]
  for (const [vpcEndpoints, problem] of refusals) {
    test(`refuse ${JSON.stringify(vpcEndpoints)}`, () =>
      assert.deepEqual(problemsOf({ file: { vpcEndpoints } }), [`/etc/gatehouse.json: vpcEndpoints${problem}`]))
  }

  for (const [host, port, other] of [
    ['127.0.0.1', 4566, {}],
    ['127.0.0.1', 8080, {}],
    ['0.0.0.0', 4566, {}],
    ['10.0.0.2', 8443, { vpcEndpointId: 'vpce-0b2', host: '10.0.0.2' }],
    ['10.0.0.2', 8443, { vpcEndpointId: 'vpce-0b2', host: '::' }],
  ] as const) {
    test(`refuse a port that is taken: ${host} ${port} ${JSON.stringify(other)}`, () => {
      const vpcEndpoints = [
        { ...one, ...other },
        { ...one, host, port },
      ]
      const file = { apiPort: 8080, vpcEndpoints: 'host' in other ? vpcEndpoints : vpcEndpoints.slice(1) }
      assert.deepEqual(problemsOf({ file }), [`vpcEndpoints: vpce-0a1 has port ${port}, on which another listener is`])
    })
  }

  test('may have one port at two addresses', () => {
    const vpcEndpoints = [one, { ...one, vpcEndpointId: 'vpce-0b2', host: '10.0.0.2' }]
    assert.deepEqual(problemsOf({ file: { vpcEndpoints } }), [])
  })
})

test('backendCaFile is read at once, and each of its certificates is kept', () => {
  const files = { '/home/me/ca.pem': `${pem}\n\n${pem}` }
  assert.deepEqual(read({ flags: { backendCaFile: 'ca.pem' }, files }).backendCaFile, [pem, pem])
  assert.deepEqual(problemsOf({ flags: { backendCaFile: 'no.pem' } }), [
    '--backend-ca-file names no.pem, which cannot be read: no such file',
  ])
})

describe('the table of settings', () => {
  test('names flags and variables after its keys', () => {
    for (const name of settingNames) {
      const { flag, env } = settings[name]
      const words = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
      if (flag !== undefined) assert.equal(flag, `--${words}`)
      if (env !== undefined) assert.equal(env, `GATEHOUSE_${words.toUpperCase().replaceAll('-', '_')}`)
    }
  })

  test('is what docs/configuration.md says', () => {
    const committed = readFileSync(new URL('../docs/configuration.md', import.meta.url), 'utf8')
    assert.equal(
      committed,
      configurationReference(),
      'write the text of configurationReference() to docs/configuration.md',
    )
  })
})
