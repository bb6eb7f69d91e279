/** Takes orders. The API turns what is thrown here into status codes, by the beginning of each message. */
export const handler = async ({ item, quantity, customer }) => {
  if (!Number.isInteger(quantity) || quantity < 1) throw new Error('BadRequest: quantity must be 1 or more')
  if (item !== 'book') throw new Error(`NotFound: there is no ${item}`)
  return { orderId: `${customer}-${item}-${quantity}` }
}
