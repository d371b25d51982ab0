// The walk-through: six requests, each of which needs what the ones before it learned.
import { call, change, TASKS } from './api.js';
import { element, fail, show } from './show.js';

const task = {
  TaskID: '7798c127-7f74-40c6-9bd4-caf4be84ca89', Frequency: 'WEEKLY', StartDate: '2026-06-01T06:00:00Z',
  Parameters: '{"report":"usage"}', ContentType: 'application/json', Notification: 'ON_FAILURE',
};
const daily = { ...task, Frequency: 'DAILY' };

let known = {};

const path = () => TASKS + '/' + known.id;
const newKey = () => crypto.randomUUID();

const steps = {
  async register() {
    const exchange = await change('POST', '/api/v2/admin/tasks/account', task, { 'Idempotency-Key': newKey() });
    known = { id: exchange.detail?.ID, first: exchange.headers.get('ETag') };
    return [exchange, `The task is ${known.id}, and its version is ${known.first}.`];
  },
  async change() {
    known.key = newKey();
    const exchange = await change('PUT', path(), daily, { 'If-Match': known.first, 'Idempotency-Key': known.key });
    known.second = exchange.headers.get('ETag');
    return [exchange, `It is ${exchange.detail?.Frequency} now, and its version is ${known.second}.`];
  },
  async repeat() {
    const exchange = await change('PUT', path(), daily, { 'If-Match': known.first, 'Idempotency-Key': known.key });
    return [exchange, `Idempotency-Replayed: ${exchange.headers.get('Idempotency-Replayed')}. The version is still ${exchange.headers.get('ETag')}: ` +
      'the change was applied once.'];
  },
  async stale() {
    const exchange = await change('PUT', path(), { ...task, Frequency: 'HOURLY' }, { 'If-Match': known.first, 'Idempotency-Key': newKey() });
    return [exchange, `Nothing was changed. The task is ${exchange.detail?.Frequency}, and its version is ${exchange.headers.get('ETag')}.`];
  },
  async wrong() {
    return [await change('PUT', path(), { ...task, Frequency: 'FORTNIGHTLY', Parameters: '{' }, {})];
  },
  async delete() {
    const exchange = await call('DELETE', path(), { headers: { 'Idempotency-Key': newKey() } });
    known = {};
    return [exchange, 'The answer shows the task as it was.'];
  },
};

// wanted are the statuses that the steps are meant to have.
const wanted = { register: 200, change: 200, repeat: 200, stale: 412, wrong: 400, delete: 200 };

export function startWalk() {
  const all = document.getElementById('walk-all');
  const buttons = new Map();
  for (const item of document.querySelectorAll('.walk > li')) {
    const button = element('button', '', 'Send it');
    button.type = 'button';
    item.append(button, element('div', 'answer'));
    item.querySelector('.answer').ariaLive = 'polite';
    buttons.set(item.dataset.step, { item, button });
    button.addEventListener('click', () => take(item.dataset.step));
  }

  // only lets those steps be taken that have what they need.
  function allow(busy) {
    all.disabled = busy;
    for (const [name, { button }] of buttons) {
      button.disabled = busy || (name !== 'register' && !known.id) || (name === 'repeat' && !known.key);
    }
  }

  async function take(name) {
    allow(true);
    const { item } = buttons.get(name);
    const place = item.querySelector('.answer');
    let taken = false;
    try {
      const [exchange, words] = await steps[name]();
      taken = exchange.status === wanted[name];
      show(place, exchange, taken ? words : undefined);
      item.classList.toggle('done', taken);
    } catch (error) {
      fail(place, error);
    }
    allow(false);
    return taken;
  }

  all.addEventListener('click', async () => {
    for (const { item } of buttons.values()) {
      item.classList.remove('done');
      item.querySelector('.answer').replaceChildren();
    }
    for (const name of buttons.keys()) {
      if (!(await take(name))) break;
    }
  });
  allow(false);
}
