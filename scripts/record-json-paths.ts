// Records what a version of Jayway's JsonPath answers to the paths of src/jsonpath/oracle, for versions that no Debian
// package has: node scripts/record-json-paths.ts {class path} {file}
import { readFileSync, writeFileSync } from 'node:fs'
import { documents } from '../src/jsonpath/oracle/documents.ts'
import { generatePaths } from '../src/jsonpath/oracle/generate.ts'
import { startJava } from '../test/java-oracle.ts'

const [classPath, file] = process.argv.slice(2)
if (!classPath || !file) throw new Error('Usage: node scripts/record-json-paths.ts {class path} {file}')

const folder = new URL('../src/jsonpath/oracle/', import.meta.url)
const written = readFileSync(new URL('paths.tsv', folder), 'utf8').trimEnd().split('\n')
const generated = generatePaths(20_261_121, 2_500, 'new').map(({ path, document }) => `${path}\t${document}`)
const oracle = startJava(new URL('PathOracle.java', folder).pathname, classPath)
const lines = await Promise.all(
  [...new Set([...written, ...generated])].map(async (line) => {
    const [path = '', document = ''] = line.split('\t')
    return `${line}\t${await oracle.ask(`${path}\t${documents[document] ?? document}`)}\n`
  }),
)
await oracle.stop()
writeFileSync(file, lines.join(''))
