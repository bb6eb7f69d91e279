// A web server that numbers its answers. Prints its address, and ends when its standard input does.
import { createServer } from 'node:http'

let answers = 0
const server = createServer((request, response) => {
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify({ product: request.url, answer: ++answers }))
})
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
process.stdin.resume().on('end', () => process.exit())
