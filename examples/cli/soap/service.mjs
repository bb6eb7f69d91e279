// A SOAP service that knows the prices of a few things. Prints its address, and ends when its standard input does.
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

const prices = new Map([
  ['book', 12.5],
  ['salt & pepper', 3],
])

const server = createServer(async (request, response) => {
  const [, item = ''] = /<item>(.*?)<\/item>/s.exec(await text(request)) ?? []
  const price = prices.get(item.replaceAll('&lt;', '<').replaceAll('&amp;', '&'))
  response.writeHead(price === undefined ? 500 : 200, { 'Content-Type': 'text/xml; charset=utf-8' })
  response.end(
    envelope(price === undefined ? fault(item) : `<GetPriceResponse><price>${price}</price></GetPriceResponse>`),
  )
})

function envelope(body) {
  return `<?xml version="1.0"?>\n<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">
  <soap:Body>${body}</soap:Body>\n</soap:Envelope>`
}

function fault(item) {
  return `<soap:Fault><faultcode>soap:Client</faultcode><faultstring>No price for ${item}</faultstring></soap:Fault>`
}

server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
process.stdin.resume().on('end', () => process.exit())
