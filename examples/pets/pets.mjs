import { readFileSync } from 'node:fs'

const pets = JSON.parse(readFileSync(new URL('pets.json', import.meta.url), 'utf8'))

/** Answers `GET /pets`, with an optional `?type=`, `GET /pets/{petId}` and `POST /pets`. */
export async function handler(event) {
  switch (`${event.httpMethod} ${event.resource}`) {
    case 'GET /pets': {
      const type = event.queryStringParameters?.type
      return json(200, type === undefined ? pets : pets.filter((pet) => pet.type === type))
    }
    case 'GET /pets/{petId}': {
      const pet = pets.find(({ id }) => String(id) === event.pathParameters.petId)
      return pet ? json(200, pet) : json(404, { message: 'No such pet' })
    }
    case 'POST /pets':
      return create(event)
    default:
      return json(405, { message: 'Method not allowed' })
  }
}

/** Checks the pet and echoes it. Nothing is kept: a function has no memory that outlives its process. */
function create({ body }) {
  try {
    const { name, type, price } = JSON.parse(body)
    if (typeof name !== 'string' || typeof type !== 'string' || typeof price !== 'number') throw new TypeError()
    return json(201, { pet: { name, type, price }, message: 'success' })
  } catch {
    return json(400, { message: 'A pet has a name, a type and a price' })
  }
}

function json(statusCode, value) {
  return { statusCode, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) }
}
