import type { ClientApi } from '../client-api.ts'
import { clientSource, headerSource } from '../client-source.ts'
import { clientDeclarations } from '../declarations.ts'
import { modelDeclarations } from '../models.ts'
import { packageName, packageVersion } from '../package-name.ts'
import { readme } from '../readme.ts'
import { runtime } from '../runtime.ts'
import { indent } from '../source-text.ts'

/** The files of a JavaScript SDK by path: for a page's `<script>`, for `require` and for `import`, with type declarations. */
export function javascriptSdk(api: ClientApi): Record<string, string> {
  return {
    'apigClient.js': scriptSource(api),
    'apigClient.mjs': moduleSource,
    'apigClient.d.ts': clientDeclarations(api),
    'apigClient.d.mts': moduleDeclarations,
    'models.d.ts': modelDeclarations(api.models),
    'package.json': packageJson(api),
    'README.md': readme(api, usage(api)),
  }
}

/** A script that leaves one global variable behind, and a CommonJS module. */
function scriptSource(api: ClientApi): string {
  return `${headerSource(api)}
var apigClientFactory = (function () {
  'use strict';

  ${indent(clientSource(api).trimEnd())}

  ${indent(runtime.trimEnd())}

  return { newClient, ApiError };
})();

if (typeof module === 'object' && module.exports) module.exports = { apigClientFactory };
else globalThis.apigClientFactory = apigClientFactory;
`
}

const moduleSource = `// In Node the script is a CommonJS module; in a browser it leaves a global variable behind.
import * as script from './apigClient.js';

export const apigClientFactory = script.default ? script.default.apigClientFactory : globalThis.apigClientFactory;
`

const moduleDeclarations = `export { apigClientFactory } from './apigClient.js'
export type * from './apigClient.js'
`

function packageJson(api: ClientApi): string {
  const document = {
    name: packageName(api.name),
    version: packageVersion(api.version),
    main: './apigClient.js',
    module: './apigClient.mjs',
    types: './apigClient.d.ts',
    exports: {
      '.': {
        import: { types: './apigClient.d.mts', default: './apigClient.mjs' },
        require: { types: './apigClient.d.ts', default: './apigClient.js' },
      },
      './*': './*',
    },
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}

function usage({ name }: ClientApi): string {
  return `In a page:

\`\`\`html
<script src="apigClient.js"></script>
\`\`\`

In Node, or with a bundler, after \`npm install ./apiGateway-js-sdk\`:

\`\`\`js
import { apigClientFactory } from '${packageName(name)}'
\`\`\`
`
}
