import type { Json, JsonObject } from '../json.ts'
import { isObject } from '../json.ts'

/** Documents nest a few levels per schema: whatever goes deeper was made to exhaust a stack. */
const maxDepth = 200

/** What the document's `${AWS::…}` variables stand for. */
export interface AwsVariables {
  readonly accountId: string
  readonly partition: string
  readonly region: string
}

/**
 * Parses a JSON or YAML text. Documented: `${AWS::AccountId}`, `${AWS::Partition}` and `${AWS::Region}` are filled in.
 *
 * @returns `undefined` for text that is neither, for a document that is no object, refers to itself by aliases, expands its
 *   aliases more than 100 times, or nests too deeply.
 */
export async function parseDocument(text: string, variables: AwsVariables): Promise<JsonObject | undefined> {
  const value = await parse(fillIn(text, variables))
  return isObject(value) && isShallow(value) ? value : undefined
}

function fillIn(text: string, { accountId, partition, region }: AwsVariables): string {
  return text
    .replaceAll('${AWS::AccountId}', accountId)
    .replaceAll('${AWS::Partition}', partition)
    .replaceAll('${AWS::Region}', region)
}

async function parse(text: string): Promise<Json | undefined> {
  try {
    if (text.trimStart().startsWith('{')) return JSON.parse(text)
  } catch {
    // Not JSON, but YAML's flow style begins with a brace as well.
  }
  try {
    return await parseYaml(text)
  } catch {
    return undefined
  }
}

/**
 * The parser is loaded on demand: it takes longer than all of the control plane.
 * @throws for text that is no YAML, and for aliases that make a cycle or too much of it.
 */
async function parseYaml(text: string): Promise<Json | undefined> {
  const { parseDocument: parseYamlDocument } = await import('yaml')
  const document = parseYamlDocument(text, { schema: 'core', logLevel: 'silent' })
  const [error] = document.errors
  if (error) throw error
  // A version such as 2.0 is a number to YAML, whose value has lost its zero.
  const version = document.getIn(['info', 'version'], true)
  if (isNumberNode(version)) document.setIn(['info', 'version'], version.source)
  return JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 100 })))
}

function isNumberNode(node: unknown): node is { readonly source: string } {
  return (
    typeof node === 'object' &&
    node !== null &&
    'value' in node &&
    typeof node.value === 'number' &&
    'source' in node &&
    typeof node.source === 'string'
  )
}

function isShallow(value: Json): boolean {
  let level: readonly Json[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return false
    level = level.flatMap((entry) => (typeof entry === 'object' && entry !== null ? Object.values(entry) : []))
  }
  return true
}
