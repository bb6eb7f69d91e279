import { Buffer } from 'node:buffer'
import Ajv from 'ajv-draft-04'
import { compileValidator } from '../../src/json-schema/validator.ts'
import { median } from '../measure.ts'
import type { Subject } from '../subject.ts'
import { atMost } from '../target.ts'

const rounds = 9
const callsPerRound = 20_000
const bodyBytes = 2048

/** Validation of a request's body by its model. */
export const validation: Subject = {
  name: 'validation',
  title: 'Request validation',
  method:
    `A body of ${bodyBytes} bytes, an order with its items, is validated by its model in this process: medians of ${rounds} rounds ` +
    `of ${callsPerRound.toLocaleString('en-US')} calls, processor time. ajv, which generates code, and \`JSON.parse\` of the same body ` +
    'are shown for scale; neither bounds what a validation may take.',

  async run() {
    const text = orderOf(bodyBytes)
    const order: unknown = JSON.parse(text)
    const validator = compileValidator(model)
    const generated = new Ajv.default({ strict: false, logger: false }).compile(model)
    if (validator.validate(order) !== undefined || !generated(order)) throw new Error('The body is not valid')

    const contenders = [
      { name: 'Gatehouse validates', call: () => validator.validate(order) },
      { name: 'ajv validates', call: () => generated(order) },
      { name: 'JSON.parse', call: () => JSON.parse(text) },
    ]
    for (const { call } of contenders) microsPerCall(call)
    const times = contenders.map(({ call }) => median(Array.from({ length: rounds }, () => microsPerCall(call))))
    return {
      rows: [],
      figures: contenders.map(({ name }, i) => ({ name, value: `${(times[i] ?? Number.NaN).toFixed(1)} µs` })),
      targets: [atMost('Validation of a 2 KB body', 10, times[0] ?? Number.NaN, 'µs')],
    }
  },
}

function microsPerCall(call: () => unknown): number {
  const before = process.cpuUsage()
  for (let i = 0; i < callsPerRound; i++) call()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / callsPerRound
}

const item = {
  type: 'object',
  required: ['sku', 'quantity', 'price'],
  additionalProperties: false,
  properties: {
    sku: { type: 'string', pattern: '^[A-Z]{3}-[0-9]{4}$' },
    quantity: { type: 'integer', minimum: 1, maximum: 999 },
    price: { type: 'number', minimum: 0 },
    gift: { type: 'boolean' },
    description: { type: 'string', maxLength: 500 },
    tags: { type: 'array', items: { type: 'string' }, maxItems: 5 },
  },
}

const model = {
  type: 'object',
  required: ['id', 'customer', 'items'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    customer: {
      type: 'object',
      required: ['name', 'email'],
      properties: {
        name: { type: 'string', minLength: 1 },
        email: { type: 'string', format: 'email' },
        address: {
          type: 'object',
          properties: { street: { type: 'string' }, zip: { type: 'string', pattern: '^[0-9]{5}$' } },
        },
      },
    },
    status: { enum: ['new', 'paid', 'sent'] },
    items: { type: 'array', minItems: 1, items: item },
    note: { type: 'string' },
  },
}

function orderOf(bytes: number): string {
  const order = {
    id: '123e4567-e89b-12d3-a456-426614174000',
    customer: { name: 'Ada', email: 'ada@example.com', address: { street: '1 Main Street', zip: '12345' } },
    status: 'paid',
    items: Array.from({ length: 10 }, (_, i) => ({
      sku: `ABC-${1000 + i}`,
      quantity: i + 1,
      price: 9.99 * (i + 1),
      gift: i % 2 === 0,
      description: `Item ${i} of the order, as the catalogue describes it in a line or so`,
      tags: ['red', 'new'],
    })),
    note: '',
  }
  const missing = bytes - Buffer.byteLength(JSON.stringify(order))
  return JSON.stringify({ ...order, note: '.'.repeat(missing) })
}
