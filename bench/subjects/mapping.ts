import { deployPost } from '../deploy.ts'
import { startGatehouse } from '../gatehouse.ts'
import { startBackend } from '../nginx.ts'
import { answers } from '../program.ts'
import type { Subject } from '../subject.ts'
import { atMostMore } from '../target.ts'
import { inTurns } from '../turns.ts'

const workers = 2

const body = JSON.stringify({
  customer: { id: 'c-17', name: 'Ada', tags: ['new', 'web'] },
  items: [
    { sku: 'ABC-1000', quantity: 2, price: 9.99 },
    { sku: 'ABC-1001', quantity: 1, price: 49.5 },
  ],
})

const requestTemplate = `#set($order = $input.path('$'))
{
  "customer": "$util.escapeJavaScript($order.customer.name)",
  "reference": "$context.requestId",
  "stage": "$context.stage",
  "lines": [
#foreach($item in $order.items)
    {"sku": "$item.sku", "count": $item.quantity}#if($foreach.hasNext),#end

#end
  ]
}`

const responseTemplate = `#set($root = $input.path('$'))
{"products": [
#foreach($product in $root.products)
  {"id": $product.id, "title": "$product.name", "cheap": #if($product.price < 20)true#{else}false#end}#if($foreach.hasNext),#end

#end
]}`

const mockRequest = `#set($order = $input.path('$'))
{"statusCode": #if($order.items.size() > 0)200#{else}400#end}`

const mockResponse = `{"reference": "$context.requestId", "customer": "$input.params('customer')"}`

/** Templates and mapped parameters beside the same call without them. */
export const mapping: Subject = {
  name: 'mapping',
  title: 'Mapping',
  method:
    'A POST of 170 bytes goes to the same nginx with a fixed answer of 84 bytes through `HTTP_PROXY`, and through `HTTP` ' +
    'with a template of 11 lines for the request, one of 6 lines for the response, and a mapped header each way. `MOCK` has ' +
    'templates both ways and no backend.',

  async run(pace) {
    await using backend = await startBackend()
    await using gatehouse = await startGatehouse({ workers })
    const { port } = gatehouse
    const uri = new URL('/products', backend.url).href
    const requestParameters = { 'integration.request.header.X-Customer': 'method.request.body.customer.id' }
    const targets = [
      await deployPost(port, 'proxied', uri),
      await deployPost(port, 'mapped', uri, { requestTemplate, responseTemplate, requestParameters }),
      await deployPost(port, 'mocked', '', { requestTemplate: mockRequest, responseTemplate: mockResponse }),
    ].map((target) => ({ ...target, body }))
    for (const target of targets) await answers(target)

    const names = ['Gatehouse HTTP_PROXY, POST', 'Gatehouse HTTP, mapped both ways', 'Gatehouse MOCK, mapped both ways']
    const contenders = targets.map((target, i) => ({ name: names[i] ?? '', server: { ...gatehouse, ...target } }))
    const rows = await inTurns(contenders, pace)
    return { rows, figures: [], targets: [atMostMore(25, rows[1], rows[0]), atMostMore(25, rows[2], rows[0])] }
  },
}
