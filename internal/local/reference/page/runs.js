// The runs of a task as they happen.
import { call, TASKS } from './api.js';
import { element, fail, show } from './show.js';

// How long the page waits between two looks, in milliseconds, while a run is open and otherwise, and how long it goes on.
const pauses = { open: 1000, quiet: 5000 };
const patience = 5 * 60 * 1000;

const outcomes = { SUCCESS: 'good', FAILED: 'bad', RUNNING: 'busy' };

export function startRuns() {
  const form = document.getElementById('runs-form');
  const note = document.getElementById('runs-note');
  const list = document.getElementById('runs-list');
  let watch = 0; // the number of the newest watch; older ones end

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    await attempt(async () => {
      const exchange = await call('POST', TASKS + '/run?id=' + form.task.value, { headers: { 'Idempotency-Key': crypto.randomUUID() } });
      show(note, exchange, exchange.status === 200 ? 'The run is handed over. The list shows the runs as they happen.' : undefined);
      await follow();
    });
  });
  document.getElementById('runs-look').addEventListener('click', () => attempt(follow));
  form.task.addEventListener('change', () => {
    watch++;
    note.replaceChildren();
    list.replaceChildren();
    document.getElementById('runs-task').replaceChildren(element('span', 'guid', form.task.value));
  });
  document.addEventListener('token', () => attempt(offerTasks));

  async function attempt(action) {
    try {
      await action();
    } catch (error) {
      fail(note, error);
    }
  }

  // follow shows the runs again and again, those that the schedule starts too.
  async function follow() {
    const mine = ++watch;
    const end = Date.now() + patience;
    while (mine === watch && Date.now() < end) {
      const exchange = await call('GET', TASKS + '/' + form.task.value + '/runs?count=5');
      if (mine !== watch) return;
      if (exchange.status !== 200) {
        show(note, exchange);
        return;
      }
      list.replaceChildren(...(exchange.detail.length ? exchange.detail.map(item) : [element('li', '', 'The task has not run yet.')]));
      const pause = exchange.detail.some((run) => run.Outcome === 'RUNNING') ? pauses.open : pauses.quiet;
      await new Promise((wake) => setTimeout(wake, pause));
    }
  }

  async function offerTasks() {
    const exchange = await call('GET', TASKS + '?count=100&summary=true');
    if (exchange.status !== 200 || !exchange.detail.length) return;
    const chosen = form.task.value;
    form.task.replaceChildren(...exchange.detail.map((task) => new Option(`${task.Name}, ${task.Frequency}`, task.ID, false, task.ID === chosen)));
    form.task.dispatchEvent(new Event('change'));
  }
}

function item(run) {
  const facts = [
    ['due', moment(run.Due)], ['started', moment(run.StartedOn)], ['finished', moment(run.FinishedOn)], ['message', run.Message], ['run', run.RunID],
  ].filter(([, value]) => value);
  return element('li', '',
    element('div', 'head', element('span', 'pill ' + (outcomes[run.Outcome] ?? 'plain'), run.Outcome),
      element('span', '', run.Trigger === 'MANUAL' ? 'run by hand' : 'by the schedule')),
    element('dl', '', ...facts.flatMap(([name, value]) => [element('dt', '', name), element('dd', '', value)])));
}

// moment writes a date of an answer in the reader's time.
function moment(text) {
  return text && !text.startsWith('0001-01-01') ? new Date(text).toLocaleString() : '';
}
