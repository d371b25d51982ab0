import { askForToken, token } from './api.js';
import { startOperations } from './operations.js';
import { startRuns } from './runs.js';
import { element, fail, reason, show } from './show.js';
import { startWalk } from './walk.js';

// The language of all samples. It is remembered.
function choose(language) {
  localStorage.setItem('account-tasks-language', language);
  for (const button of document.querySelectorAll('[data-language]')) {
    button.ariaPressed = String(button.dataset.language === language);
  }
  for (const sample of document.querySelectorAll('[data-sample]')) {
    sample.classList.toggle('shown', sample.dataset.sample === language);
  }
}

function startSamples() {
  const languages = [...document.querySelectorAll('#first-clients [data-language]')].map((button) => button.dataset.language);
  const remembered = localStorage.getItem('account-tasks-language');
  choose(languages.includes(remembered) ? remembered : languages[0]);
  document.body.classList.add('ready');
  document.addEventListener('click', async ({ target }) => {
    if (target.dataset?.language) choose(target.dataset.language);
    if (target.classList?.contains('copy')) {
      await navigator.clipboard.writeText(target.closest('.sample').querySelector('code:not(.bar code)').textContent);
      target.textContent = 'Copied';
      setTimeout(() => { target.textContent = 'Copy'; }, 1500);
    }
  });
}

function showState() {
  const state = document.getElementById('token-state');
  const held = token();
  state.dataset.state = held ? 'held' : 'none';
  state.textContent = held ? 'token until ' + new Date(held.until).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }) : 'no token';
}

// forShell is the line that gives a token to the programs of the page.
function forShell(accessToken) {
  const copy = element('button', 'copy', 'Copy');
  copy.type = 'button';
  return element('div', 'sample shown', element('div', 'bar', 'The requests on this page, as programs, read it from TOKEN:', copy),
    element('pre', 'code', element('code', '', `export TOKEN='${accessToken}'`)));
}

function startToken() {
  const place = document.getElementById('token-answer');
  document.addEventListener('token', showState);
  showState();
  document.getElementById('token-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      const exchange = await askForToken();
      const got = exchange.status === 200;
      show(place, exchange, got ? 'The page sends it with every request from now on, for eight hours.' : reason(exchange));
      if (got) place.append(forShell(exchange.json.access_token));
    } catch (error) {
      fail(place, error);
    }
  });
  for (const link of document.querySelectorAll('.menu a')) {
    link.addEventListener('click', () => { link.closest('.menu').open = false; });
  }
}

startSamples();
startToken();
startWalk();
startRuns();
startOperations();
