/**
 * What every generated client consists of beside its operations: requests, signatures and retries, in plain JavaScript for
 * browsers and Node, without a dependency. It defines `settle(config)`, `invoke(config, operation, params, body,
 * additionalParams)` and `ApiError`; `defaults` must be defined before it is used.
 */
export const runtime = String.raw`// Requests ----------------------------------------------------------------------------------------------------------

/** An answer that is no success. */
class ApiError extends Error {
  constructor(response) {
    super('Request failed with status code ' + response.status);
    this.name = 'ApiError';
    this.response = response;
    Object.assign(this, response);
  }
}

/** Completes a client's configuration. */
function settle(config = {}) {
  const settled = override(defaults, config);
  settled.invokeUrl = settled.invokeUrl.replace(/\/+$/, '');
  settled.retry = override(defaults.retry, config.retry || {});
  return settled;
}

function override(values, given) {
  const isGiven = ([, value]) => value !== undefined && value !== null && value !== '';
  return Object.assign({}, values, Object.fromEntries(Object.entries(given).filter(isGiven)));
}

/** Calls an operation, as often as its configuration allows, until the answer is none that a later call may change. */
async function invoke(config, operation, params, body, additionalParams) {
  const request = await describe(config, operation, params || {}, body, additionalParams || {});
  for (let attempt = 1; ; attempt++) {
    const last = attempt >= config.retry.maxAttempts;
    try {
      const response = await send(config, request);
      if (response.status >= 200 && response.status < 300) return response;
      if (last || !mayRetry(request.verb, response.status)) throw new ApiError(response);
    } catch (error) {
      if (error instanceof ApiError || last || !isLost(request.verb, error)) throw error;
    }
    await pause(backoffMs(config.retry, attempt));
  }
}

async function describe(config, operation, params, body, additional) {
  for (const name of operation.required) {
    if (valueOf(params, name) === undefined) throw new Error(name + ' must be defined');
  }
  const query = Object.assign(pick(params, operation.query), additional.queryParams);
  const headers = { accept: config.defaultAcceptType };
  const content = operation.verb === 'GET' || operation.verb === 'HEAD' ? undefined : await contentOf(body);
  if (content !== undefined) headers['content-type'] = config.defaultContentType;
  if (config.apiKey) headers['x-api-key'] = config.apiKey;
  for (const given of [pick(params, operation.headers), additional.headers || {}]) {
    for (const [name, value] of Object.entries(given)) {
      if (value !== undefined && value !== null) headers[name.toLowerCase()] = String(value);
    }
  }
  return { verb: operation.verb, url: config.invokeUrl + expand(operation.path, params), query: queryOf(query), headers, content };
}

async function send(config, request) {
  const signature = config.accessKey && config.secretKey ? await sign(config, request, new Date()) : {};
  const answer = await (config.fetch || fetch)(request.url + (request.query && '?' + request.query), {
    method: request.verb,
    headers: Object.assign({}, request.headers, signature),
    body: request.content,
  });
  const headers = {};
  answer.headers.forEach((value, name) => { headers[name] = value; });
  return { status: answer.status, statusText: answer.statusText, data: parse(await answer.text()), headers };
}

/** Whatever can be read as JSON is. */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    return text;
  }
}

/** An empty object stands for no body. */
async function contentOf(body) {
  if (body === undefined || body === null || body === '') return undefined;
  if (typeof body === 'string' || ArrayBuffer.isView(body)) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (typeof body.arrayBuffer === 'function') return new Uint8Array(await body.arrayBuffer());
  const empty = typeof body === 'object' && !Array.isArray(body) && Object.keys(body).length === 0;
  return empty ? undefined : JSON.stringify(body);
}

function expand(path, params) {
  return path.replace(/\{([^{}+]+)(\+?)\}/g, (whole, name, greedy) => {
    const segments = greedy ? String(valueOf(params, name)).split('/') : [String(valueOf(params, name))];
    // A URL that contains them would name another resource.
    if (segments.some((segment) => segment === '.' || segment === '..')) throw new Error(name + ' must not be . or ..');
    return segments.map(encode).join('/');
  });
}

/** Pairs in the order in which signatures have them; a list gives its name several values. */
function queryOf(query) {
  const pairs = [];
  for (const [name, value] of Object.entries(query)) {
    for (const single of Array.isArray(value) ? value : [value]) {
      if (single !== undefined && single !== null) pairs.push([encode(name), encode(String(single))]);
    }
  }
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  return pairs.sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1])).map((pair) => pair.join('=')).join('&');
}

function pick(params, names) {
  return Object.fromEntries(names.map((name) => [name, valueOf(params, name)]));
}

function valueOf(params, name) {
  const value = Object.prototype.hasOwnProperty.call(params, name) ? params[name] : undefined;
  return value === null ? undefined : value;
}

/** Percent-encodes all but letters, digits and -._~ */
function encode(text) {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => '%' + character.charCodeAt(0).toString(16).toUpperCase());
}

// Retries -----------------------------------------------------------------------------------------------------------

const idempotentVerbs = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'];
const transientStatuses = [500, 502, 503, 504];

/** A throttled call was not carried out; after any other failure only a repeatable call is made again. */
function mayRetry(verb, status) {
  return status === 429 || (transientStatuses.includes(status) && idempotentVerbs.includes(verb));
}

/** Whether a call may have failed on its way only. */
function isLost(verb, error) {
  return error instanceof TypeError && idempotentVerbs.includes(verb);
}

/** Exponential backoff with full jitter. */
function backoffMs(retry, attempt) {
  return Math.random() * Math.min(retry.maxDelayMs, retry.baseDelayMs * 2 ** (attempt - 1));
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

// Signature Version 4 -----------------------------------------------------------------------------------------------

/** The headers that a request needs in addition, so that it counts as the credentials' owner's. */
async function sign(config, request, now) {
  const url = new URL(request.url);
  const time = now.toISOString().replace(/[:-]|\.\d{3}/g, '');
  const scope = [time.slice(0, 8), config.region, 'execute-api', 'aws4_request'];
  const added = { 'x-amz-date': time };
  if (config.sessionToken) added['x-amz-security-token'] = config.sessionToken;
  const signed = Object.assign({ host: url.host }, added);
  if (request.headers['content-type']) signed['content-type'] = request.headers['content-type'];
  const names = Object.keys(signed).sort();
  const canonicalRequest = [
    request.verb,
    url.pathname.split('/').map(encode).join('/'),
    request.query,
    ...names.map((name) => name + ':' + signed[name].trim().replace(/ +/g, ' ')),
    '',
    names.join(';'),
    hex(await digest(request.content || '')),
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', time, scope.join('/'), hex(await digest(canonicalRequest))].join('\n');
  let key = bytes('AWS4' + config.secretKey);
  for (const part of [...scope, text]) key = await hmac(key, part);
  added.authorization =
    'AWS4-HMAC-SHA256 Credential=' + config.accessKey + '/' + scope.join('/') +
    ', SignedHeaders=' + names.join(';') + ', Signature=' + hex(key);
  return added;
}

async function digest(content) {
  return new Uint8Array(await subtle().digest('SHA-256', bytes(content)));
}

async function hmac(key, text) {
  const imported = await subtle().importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await subtle().sign('HMAC', imported, bytes(text)));
}

function subtle() {
  if (!globalThis.crypto || !globalThis.crypto.subtle) {
    throw new Error('Signing needs Web Crypto: a page must come over HTTPS or from localhost');
  }
  return globalThis.crypto.subtle;
}

function bytes(content) {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

function hex(data) {
  return Array.from(data, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
`
