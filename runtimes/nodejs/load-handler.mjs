import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { RuntimeError } from './errors.mjs'

/**
 * Loads `dir/file.export.nested` from the function's code.
 *
 * @throws {RuntimeError} `Runtime.MalformedHandlerName`, `Runtime.ImportModuleError`, `Runtime.UserCodeSyntaxError`,
 *   `Runtime.HandlerNotFound`; or whatever the function's own module throws.
 */
export async function loadHandler(taskRoot, name) {
  if (name.includes('..')) {
    throw new RuntimeError(
      'Runtime.MalformedHandlerName',
      `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    )
  }
  const file = basename(name)
  const dot = file.indexOf('.')
  if (dot < 0) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler')
  const loaded = await load(taskRoot, dirname(name), file.slice(0, dot))
  const exported = file.slice(dot + 1)
  const handler = member(loaded, exported) ?? member(loaded.default, exported)
  if (!handler) throw new RuntimeError('Runtime.HandlerNotFound', `${name} is undefined or not exported`)
  if (typeof handler !== 'function') throw new RuntimeError('Runtime.HandlerNotFound', `${name} is not a function`)
  return handler
}

async function load(taskRoot, folder, module) {
  const require = createRequire(join(taskRoot, 'index.js'))
  const path = resolve(taskRoot, folder, module)
  try {
    if (existsSync(`${path}.js`)) return isModule(`${path}.js`) ? await importFile(`${path}.js`) : require(`${path}.js`)
    if (existsSync(`${path}.mjs`)) return await importFile(`${path}.mjs`)
    if (existsSync(`${path}.cjs`)) return require(`${path}.cjs`)
    return require(require.resolve(module, { paths: [taskRoot, join(taskRoot, folder)] }))
  } catch (cause) {
    if (cause instanceof SyntaxError) {
      const error = new RuntimeError('Runtime.UserCodeSyntaxError', String(cause), { cause })
      error.stack = `${error.name}: ${cause.stack}`
      throw error
    }
    if (cause?.code === 'MODULE_NOT_FOUND')
      throw new RuntimeError('Runtime.ImportModuleError', String(cause), { cause })
    throw cause
  }
}

function importFile(path) {
  return import(pathToFileURL(path).href)
}

/** Whether the nearest package.json makes `.js` files ES modules. */
function isModule(path) {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json')
    if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, 'utf8')).type === 'module'
    if (folder === dirname(folder)) return false
  }
}

function member(value, path) {
  return path.split('.').reduce((nested, key) => nested?.[key], value)
}
