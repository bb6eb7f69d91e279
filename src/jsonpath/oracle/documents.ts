/** Documents that generated paths are read from, by the names that recordings call them. */
export const documents: Readonly<Record<string, string>> = {
  store: JSON.stringify({
    store: {
      book: [
        { category: 'reference', author: 'Nigel Rees', title: 'Sayings', price: 8.95, tags: ['old', 'wise'] },
        { category: 'fiction', author: 'Evelyn Waugh', title: 'Sword', price: 12.99, tags: [] },
        { category: 'fiction', author: 'Herman Melville', title: 'Moby Dick', isbn: '0-553-21311-3', price: 8 },
        { category: 'fiction', author: null, title: '', isbn: '0-395-19395-8', price: '22.99', sold: true },
      ],
      bicycle: { color: 'red', price: 19.95, 'frame size': 'L' },
    },
    expensive: 10,
    names: ['Herman Melville', 'red', 8],
  }),
  matrix: '[[1,2,3],[4,5,6],[],[7],{"a":[8,9]},"x",null,true]',
  mixed:
    '{"a":{"a":{"a":1,"b":[1,"1",1.0,true,null,"a"]},"b":2},"b":[{"a":3},{"a":"3"},{"b":[{"a":[5]}]}],"c":"text","d":4}',
  pets: '{"pets":[{"id":1,"kind":"dog","owner":{"name":"Ada","age":36}},{"id":2,"kind":"cat","owner":null},{"id":3,"kind":"dog"},{"id":"4","kind":"Dog","owner":{"name":"Bob"}}],"wanted":["dog","fish"],"limit":2}',
  deep: '{"x":{"x":{"x":{"x":{"y":1}}},"y":[2,{"x":3}]},"y":{"x":[{"x":4},[{"y":5}]]}}',
  scalar: '7',
  text: '"just text"',
  empty: '{}',
}
