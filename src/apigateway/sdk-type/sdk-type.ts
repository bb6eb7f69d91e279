import type { SdkConfigurationProperty, SdkType } from '@aws-sdk/client-api-gateway'

/** A language for which the service generates SDKs, with the parameters that `GetSdk` takes for it. */
type SdkTypeRecord = Readonly<Required<SdkType>>

/** Documented, in the order in which the service's documentation names them; TypeScript is an addition. */
export const sdkTypes: readonly SdkTypeRecord[] = [
  {
    id: 'java',
    friendlyName: 'Java',
    description: 'An SDK for Java',
    configurationProperties: [
      required('service.name', 'Service Name', 'Name of the service, and prefix of its client'),
      required('java.package-name', 'Java Package Name', 'Package of the generated classes'),
      optional('java.build-system', 'Java Build System', 'Build system to generate files for: maven or gradle'),
      optional('java.group-id', 'Java Group Id', 'Group of the generated artifact'),
      optional('java.artifact-id', 'Java Artifact Id', 'Name of the generated artifact'),
      optional('java.artifact-version', 'Java Artifact Version', 'Version of the generated artifact'),
    ],
  },
  { id: 'javascript', friendlyName: 'JavaScript', description: 'An SDK for JavaScript', configurationProperties: [] },
  {
    id: 'typescript',
    friendlyName: 'TypeScript',
    description: 'An SDK for TypeScript',
    configurationProperties: [],
  },
  {
    id: 'android',
    friendlyName: 'Android',
    description: 'An SDK for Java for Android',
    configurationProperties: [
      required('groupId', 'Group ID', 'Group of the generated artifact'),
      required('invokerPackage', 'Invoker package', 'Package of the generated classes'),
      required('artifactId', 'Artifact ID', 'Name of the generated artifact'),
      required('artifactVersion', 'Artifact version', 'Version of the generated artifact'),
    ],
  },
  {
    id: 'objectivec',
    friendlyName: 'iOS (Objective-C)',
    description: 'An SDK for Objective-C for iOS',
    configurationProperties: [required('classPrefix', 'Prefix', 'Prefix of the generated classes')],
  },
  {
    id: 'swift',
    friendlyName: 'iOS (Swift)',
    description: 'An SDK for Swift for iOS',
    configurationProperties: [required('classPrefix', 'Prefix', 'Prefix of the generated classes')],
  },
  {
    id: 'ruby',
    friendlyName: 'Ruby',
    description: 'An SDK for Ruby',
    configurationProperties: [required('service.name', 'Service Name', 'Name of the service, and of its module')],
  },
]

function required(name: string, friendlyName: string, description: string): SdkConfigurationProperty {
  return { name, friendlyName, description, required: true }
}

function optional(name: string, friendlyName: string, description: string): SdkConfigurationProperty {
  return { name, friendlyName, description, required: false }
}
