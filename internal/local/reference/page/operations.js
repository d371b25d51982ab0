// The forms that send an operation's request.
import { call } from './api.js';
import { fail, show } from './show.js';

export function startOperations() {
  for (const operation of document.querySelectorAll('.operation')) startOperation(operation);
  openTarget();
  addEventListener('hashchange', openTarget);
}

// openTarget opens what the address names, which may be folded.
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
    target.scrollIntoView();
  }
}

function startOperation(operation) {
  const form = operation.querySelector('.try');
  const place = operation.querySelector('.left > .answer');
  const example = form.elements['body-example'];
  const fill = () => { form.elements.body.value = example.value; };
  if (example) {
    example.addEventListener('change', fill);
    fill();
  }
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('[type=submit]');
    button.disabled = true;
    try {
      show(place, await submit(operation, form), undefined, true);
    } catch (error) {
      fail(place, error);
    }
    button.disabled = false;
  });
}

function submit(operation, form) {
  let path = operation.dataset.path;
  const query = new URLSearchParams();
  const headers = {};
  for (const field of form.querySelectorAll('[data-in]')) {
    if (!field.value) continue;
    if (field.dataset.in === 'path') path = path.replace(`{${field.name}}`, encodeURIComponent(field.value));
    if (field.dataset.in === 'query') query.set(field.name, field.value);
    if (field.dataset.in === 'header') headers[field.name] = field.value;
  }
  if (form.elements.accept) headers.Accept = form.elements.accept.value;
  const body = form.elements.body?.value;
  if (body !== undefined) headers['Content-Type'] = form.elements['body-example'].selectedOptions[0].dataset.type;
  return call(operation.dataset.method, path + (query.size ? '?' + query : ''), { headers, body });
}
