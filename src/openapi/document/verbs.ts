/** The member of a path whose operation stands for every verb. */
export const anyMethod = 'x-amazon-apigateway-any-method'

/** The verbs of a path's operations, by their members. */
export const verbs: Readonly<Record<string, string>> = {
  get: 'GET',
  put: 'PUT',
  post: 'POST',
  delete: 'DELETE',
  options: 'OPTIONS',
  head: 'HEAD',
  patch: 'PATCH',
  [anyMethod]: 'ANY',
}
