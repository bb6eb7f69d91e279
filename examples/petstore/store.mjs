// The pet store that the API is in front of. Prints its address, and ends when its standard input does.
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'

const pets = [
  { id: 1, type: 'dog', price: 249.99 },
  { id: 2, type: 'cat', price: 124.99 },
  { id: 3, type: 'fish', price: 0.99 },
]

async function answer(request) {
  const { pathname, searchParams } = new URL(request.url, 'http://store')
  if (request.method === 'POST') return { pet: await json(request), message: 'success' }
  const [, , , id] = pathname.split('/')
  if (id !== undefined) return pets.find((pet) => pet.id === Number(id))
  const type = searchParams.get('type')
  return pets.filter((pet) => type === null || pet.type === type)
}

const server = createServer(async (request, response) => {
  const body = await answer(request)
  response.writeHead(body ? 200 : 404, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(body ?? { errors: [{ key: 'GetPet.pet', message: 'gone' }] }))
})
server.listen(0, '127.0.0.1', () => console.log(`127.0.0.1:${server.address().port}`))
process.stdin.resume().on('end', () => process.exit())
