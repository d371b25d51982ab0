// How the page shows a request and its answer.

// A GUID, a date with its time, or an entity-tag of the service, with its quotation marks.
const name = /("?(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)|\d+-[\w-]{22})"?)/i;

// element makes an element with a class and with children, which are elements or texts.
export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  for (const child of children) {
    if (child instanceof Node) made.append(child);
    else made.append(...whole(String(child)));
  }
  return made;
}

// whole keeps these parts of a text on one line. The line may end before one, and between one and the end of its element.
function whole(text) {
  return text.split(name).flatMap((part, i, parts) => {
    if (i % 2 === 0) return document.createTextNode(part);
    const span = document.createElement('span');
    span.className = 'guid';
    span.textContent = part;
    const end = parts[i + 1].startsWith('<') ? [document.createElement('wbr')] : [];
    return [document.createElement('wbr'), span, ...end];
  });
}

// show puts a verdict in words and the whole exchange, folded, into a place of the page.
export function show(place, exchange, words, open = false) {
  const good = exchange.status < 300;
  const details = element('details', 'exchange', element('summary', '', 'The request and the answer'),
    element('p', 'caption', 'Request'), element('pre', 'code', request(exchange)),
    element('p', 'caption', 'Answer'), element('pre', 'code answer-text', answer(exchange)));
  details.open = open;
  place.replaceChildren(
    element('p', 'verdict', element('span', 'status s' + String(exchange.status)[0], exchange.status + ' ' + exchange.reason),
      element('span', '', words ?? (good ? '' : reason(exchange)))),
    details);
}

// reason is why a request was refused.
export function reason(exchange) {
  return exchange.error?.ErrorReason ?? exchange.json?.error_description ?? exchange.json?.message ?? '';
}

// fail says that there was no answer.
export function fail(place, error) {
  place.replaceChildren(element('p', 'verdict', element('span', 'pill bad', 'no answer'), element('span', '', error.message)));
}

function request({ method, path, request: { headers, body } }) {
  const lines = [`${method} ${path}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  return lines.join('\n') + (body ? '\n\n' + body : '');
}

// told are the headers that say something about an answer.
const told = ['Content-Type', 'ETag', 'Location', 'Link', 'Idempotency-Replayed', 'WWW-Authenticate', 'Allow', 'Retry-After'];

function answer({ status, reason: phrase, headers, text, json }) {
  const lines = [`${status} ${phrase}`, ...told.filter((name) => headers.has(name)).map((name) => `${name}: ${headers.get(name)}`)];
  const body = json === null ? indented(text) : JSON.stringify(json, null, 2);
  return lines.join('\n') + (body ? '\n\n' + body : '');
}

// indented writes each element of an XML text on a line, unless it has only text.
function indented(xml) {
  let depth = 0;
  return xml.replace(/></g, '>\n<').split('\n').map((line) => {
    if (/^<\//.test(line)) depth--;
    const out = '  '.repeat(Math.max(depth, 0)) + line;
    if (/^<[^/?!][^>]*[^/]>$/.test(line) || /^<\w+>$/.test(line)) depth++;
    return out;
  }).join('\n');
}
