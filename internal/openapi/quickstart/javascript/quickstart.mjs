// A first client of the account tasks API. It needs Node.js 18 or later and no package.
//
//     API=http://127.0.0.1:3000 CLIENT_ID=demo CLIENT_SECRET=demo-secret node quickstart.mjs
import { randomUUID } from 'node:crypto';

const API = process.env.API ?? 'http://127.0.0.1:3000';
const TASKS = API + '/api/v1/admin/tasks/account';

// call sends a request and returns the status, the headers and the two parts of the answer: the error or the detail.
async function call(method, url, body, headers = {}) {
  const answer = await fetch(url, {
    method,
    headers: { Authorization: 'Bearer ' + token.access_token, 'Content-Type': 'application/json', ...headers },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(35_000),
  });
  const envelope = await answer.json();
  return { status: answer.status, headers: answer.headers, error: envelope.Error, detail: envelope.ResponseData.Detail };
}

// key makes an Idempotency-Key: a new one for each change, the same for its repeats.
const key = () => ({ 'Idempotency-Key': randomUUID() });

// Get a token. It is valid for eight hours: keep it, and send it with every request.
const granted = await fetch(API + '/Token', {
  method: 'POST',
  body: new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: process.env.CLIENT_ID ?? 'demo',
    client_secret: process.env.CLIENT_SECRET ?? 'demo-secret',
  }),
});
const token = await granted.json();
if (!granted.ok) throw new Error(token.error_description);
console.log('Token: valid for', token.expires_in, 'seconds');

// Register a task. TaskID is an entry of the catalogue, which GET /api/v1/admin/tasks lists.
const task = {
  TaskID: '7798c127-7f74-40c6-9bd4-caf4be84ca89',
  Frequency: 'WEEKLY',
  StartDate: '2026-06-01T06:00:00Z',
  Parameters: JSON.stringify({ report: 'usage' }),
  ContentType: 'application/json',
  Notification: 'ON_FAILURE',
};
let answer = await call('POST', API + '/api/v2/admin/tasks/account', task, key());
if (answer.error) throw new Error(answer.error.ErrorReason);
console.log('Registered:', answer.detail.ID, answer.detail.Name);

// Read it. The ETag is the version that was read.
const url = TASKS + '/' + answer.detail.ID;
answer = await call('GET', url);
const etag = answer.headers.get('ETag');
console.log('Read:', answer.detail.Frequency);

// Update it, unless it has changed since it was read. An update replaces every field, so send them all.
task.Frequency = 'DAILY';
const change = { ...key(), 'If-Match': etag };
answer = await call('PUT', url, task, change);
console.log('Updated:', answer.detail.Frequency);

// If no answer comes, or a 429 or 5xx, send the same request with the same key again. It is applied once.
answer = await call('PUT', url, task, change);
console.log('Repeated:', answer.status, answer.headers.get('Idempotency-Replayed'));

// Another update with the old ETag is refused, and the answer shows the task as it is now.
answer = await call('PUT', url, task, { ...key(), 'If-Match': etag });
console.log('Changed since:', answer.status, answer.detail.Frequency);

// List the account's tasks, page by page. A Link with rel="next" leads to the next page.
answer = await call('GET', TASKS + '?count=100&summary=true');
console.log('Listed:', answer.detail.length, 'tasks');

// A request with errors changes nothing, and the reason names all of them.
answer = await call('PUT', url, { ...task, Frequency: 'FORTNIGHTLY', Parameters: '{' });
console.log('Refused:', answer.status, answer.error.ErrorReason);

// Delete it.
answer = await call('DELETE', url, undefined, key());
console.log('Deleted:', answer.status);
