// The requests of the page, and its token. The token stays for as long as the browser's tab is open.

const key = 'account-tasks-token';

export const TASKS = '/api/v1/admin/tasks/account';

// token is the token's answer that the page holds, if it is still valid.
export function token() {
  const held = JSON.parse(sessionStorage.getItem(key) ?? 'null');
  return held && held.until > Date.now() ? held : null;
}

// askForToken asks POST /Token with the page's client and keeps the token.
export async function askForToken() {
  const form = new URLSearchParams(new FormData(document.getElementById('token-form')));
  form.append('grant_type', 'client_credentials');
  const exchange = await send('POST', '/Token', { body: form.toString(), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
  if (exchange.status === 200) {
    sessionStorage.setItem(key, JSON.stringify({ ...exchange.json, until: Date.now() + exchange.json.expires_in * 1000 }));
  } else {
    sessionStorage.removeItem(key);
  }
  document.dispatchEvent(new Event('token'));
  return exchange;
}

// call sends a request with the token. It gets one first if there is none, or if the stack has been started anew since.
export async function call(method, path, { headers = {}, body } = {}) {
  if (!token()) await askForToken();
  const attempt = () => send(method, path, { headers: { Authorization: 'Bearer ' + (token()?.access_token ?? ''), ...headers }, body });
  const exchange = await attempt();
  if (exchange.status !== 401 || !token()) return exchange;
  await askForToken();
  return attempt();
}

// change sends a task in JSON.
export function change(method, path, task, headers) {
  return call(method, path, { headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(task, null, 2) });
}

// send gives the request and everything of its answer.
async function send(method, path, { headers, body }) {
  const answer = await fetch(path, { method, headers, body });
  const text = await answer.text();
  let json = null;
  try {
    json = JSON.parse(text);
  } catch {
    // It is XML, or there is no body.
  }
  return {
    method, path, request: { headers, body }, status: answer.status, reason: answer.statusText, headers: answer.headers,
    text, json, error: json?.Error ?? null, detail: json?.ResponseData?.Detail ?? null,
  };
}
