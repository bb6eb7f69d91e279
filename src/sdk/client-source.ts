import type { ClientApi, ClientOperation, ClientParameter } from './client-api.ts'
import { comment, indent, literal, memberName, oneLine } from './source-text.ts'

/** JavaScript that defines what the runtime takes as given, and `newClient(config)`. */
export function clientSource(api: ClientApi): string {
  return `const defaults = {
  invokeUrl: ${literal(api.invokeUrl)},
  region: ${literal(api.region)},
  accessKey: '',
  secretKey: '',
  sessionToken: '',
  apiKey: '',
  defaultContentType: 'application/json',
  defaultAcceptType: 'application/json',
  retry: { maxAttempts: 3, baseDelayMs: 100, maxDelayMs: 20000 },
};

/** A client of the API: one method for each of its operations. */
function newClient(config) {
  const settled = settle(config);
  const call = (operation, params, body, additionalParams) => invoke(settled, operation, params, body, additionalParams);

  return {
    ${indent(api.operations.map(operationSource).join('\n\n'), 4)}
  };
}
`
}

/** The lines that a generated file starts with. */
export function headerSource({ name, version, stageName }: ClientApi): string {
  return `// ${oneLine(`Client of ${name}, version ${version}, as deployed to the stage ${stageName}.`)}
// Generated: changes are lost when it is generated again.
`
}

function operationSource({ name, verb, path, parameters }: ClientOperation): string {
  const names = (wanted: (parameter: ClientParameter) => boolean) =>
    `[${[...new Set(parameters.filter(wanted).map((parameter) => literal(parameter.name)))].join(', ')}]`
  return `${comment(`${verb} ${path}`)}
${memberName(name)}(params, body, additionalParams) {
  const operation = {
    verb: ${literal(verb)},
    path: ${literal(path)},
    query: ${names(({ location }) => location === 'query')},
    headers: ${names(({ location }) => location === 'header')},
    required: ${names(({ required }) => required)},
  };
  return call(operation, params, body, additionalParams);
},`
}
