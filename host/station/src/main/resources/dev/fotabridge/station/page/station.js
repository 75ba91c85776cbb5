// The station's page. The server's stream decides what is shown; this module keeps nothing but the newest tile of each bay.
// Order: texts, requests, stream, tiles, views, commands, keys, start.

/** A wall of more bays shows number, word and shape alone. */
const FULL_TILES = 16;
/** The server sends a heartbeat after 5 s of silence; one may be missed. */
const SILENT_MILLIS = 12_000;
const REOPEN_MILLIS = 2_000;
/** A stream that breaks and is back sooner than this needs no warning. */
const BLINK_MILLIS = 1_500;
const SURE_MILLIS = 4_000;
const MOST_LINES = 500;
const FAILED = new Set(['FAIL', 'ERROR', 'UNKNOWN']);
const BUSY = new Set(['QUEUED', 'RUNNING', 'STORING']);

const byId = (id) => document.getElementById(id);

// --- texts -----------------------------------------------------------------------------------------------------------

let texts = {};

function text(key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function translate(root) {
  root.querySelectorAll('[data-text]').forEach((it) => { it.textContent = text(it.dataset.text); });
  root.querySelectorAll('[data-label]').forEach((it) => it.setAttribute('aria-label', text(it.dataset.label)));
  return root;
}

const twoDigits = (number) => String(Math.floor(number)).padStart(2, '0');
const minutes = (seconds) => `${Math.floor(seconds / 60)}:${twoDigits(seconds % 60)}`;
const clock = (date) => [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');

/** Stored in UTC, shown in local time with its offset. */
function localTime(iso) {
  const date = new Date(iso);
  const offset = -date.getTimezoneOffset();
  const sign = offset < 0 ? '-' : '+';
  const day = [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join('-');
  return `${day} ${clock(date)} ${sign}${twoDigits(Math.abs(offset) / 60)}:${twoDigits(Math.abs(offset) % 60)}`;
}

function element(name, content, attributes = {}) {
  const made = document.createElement(name);
  made.append(...[content].flat());
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

// --- requests --------------------------------------------------------------------------------------------------------

/** A name for one press of a button; crypto.randomUUID is missing where the page is not in a secure context. */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function getJson(path) {
  const response = await fetch(path, { headers: { Accept: 'application/json' } });
  const body = await response.json();
  if (!response.ok) {
    throw new Error(body.message);
  }
  return body;
}

/** Sends a command, twice more if the network fails: with its key it is the same command. Returns the answer, which has a status. */
async function command(path, body, key) {
  const request = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body ?? {}) };
  if (key) {
    request.headers['Idempotency-Key'] = key;
  }
  for (let tries = key ? 3 : 1; tries > 0; tries--) {
    try {
      return await (await fetch(path, request)).json();
    } catch {
      // No answer, or none of the station (a proxy's page).
    }
  }
  return { status: 0, message: text('action.unreachable') };
}

function say(answer, done) {
  const refused = !(answer.status >= 200 && answer.status < 300);
  byId('answer').textContent = refused ? answer.message : (answer.message ?? done);
  byId('answer').classList.toggle('refused', refused);
}

// --- stream ----------------------------------------------------------------------------------------------------------

/**
 * The stream of events. EventSource gives up for ever when a reconnect gets any answer but 200, and notices nothing when a network
 * just stops: so it is watched, and opened again.
 */
class Stream {
  constructor(path, handlers) {
    this.path = path;
    this.handlers = handlers;
    this.last = Date.now();
    this.live = false;
    this.brokenAt = Date.now();
    this.failures = 0;
    this.open();
    setInterval(() => this.watch(), 1_000);
    // A computer that slept runs this before any timer.
    document.addEventListener('visibilitychange', () => this.watch());
  }

  open() {
    this.source?.close();
    this.source = new EventSource(this.path);
    this.opened = Date.now();
    for (const [name, handler] of Object.entries(this.handlers.events)) {
      this.source.addEventListener(name, (event) => {
        this.received();
        handler(JSON.parse(event.data), event.lastEventId);
      });
    }
    this.source.addEventListener('heartbeat', () => this.received());
    this.source.addEventListener('error', () => this.broken());
  }

  received() {
    this.last = Date.now();
    this.live = true;
    this.failures = 0;
    this.handlers.live();
  }

  broken() {
    if (this.live) {
      this.brokenAt = Date.now();
    }
    this.live = false;
    this.failures++;
    setTimeout(() => this.watch(), BLINK_MILLIS);
  }

  watch() {
    const isBlink = !this.live && Date.now() - this.brokenAt < BLINK_MILLIS;
    if (Date.now() - this.last < SILENT_MILLIS && (this.live || isBlink)) {
      return;
    }
    this.live = false;
    this.handlers.stale(new Date(this.last), this.failures);
    const isClosed = this.source.readyState === EventSource.CLOSED;
    if (Date.now() - this.opened > (isClosed ? REOPEN_MILLIS : SILENT_MILLIS)) {
      this.failures++;
      this.open();
    }
  }
}

function showStale(last, failures) {
  byId('stale').hidden = false;
  byId('stale-since').textContent = text('stale.since', { time: clock(last) });
  byId('stale-check').textContent = text(failures > 2 ? 'stale.check' : 'stale.wait');
}

// --- tiles -----------------------------------------------------------------------------------------------------------

/** By number: what the station told, and when it came. */
const bays = new Map();
const tiles = new Map();
const widths = new Map();
let station;
let newest = '';
let chosen;
let onlyFailed = false;
let isEngineer = false;

const isFailed = (bay) => bay.needsHands || bay.locked || FAILED.has(bay.verdict);

function look(bay) {
  if (bay.verdict) {
    return bay.verdict;
  } else if (BUSY.has(bay.state)) {
    return 'busy';
  }
  return bay.state === 'NEEDS_SCAN' ? 'wanted' : bay.state === 'READY' ? 'ready' : 'quiet';
}

function word(bay) {
  if (bay.verdict) {
    return text(`verdict.${bay.verdict}`);
  }
  return bay.state === 'RUNNING' && bay.phase ? text(`phase.${bay.phase}`) : text(`state.${bay.state}`);
}

function notes(bay) {
  const all = [];
  if (bay.locked) {
    all.push(text('locked'));
  } else if (bay.needsHands) {
    all.push(text('needsHands'));
  }
  if (bay.verdict || bay.state === 'NEEDS_SCAN') {
    all.push(text(`note.${bay.state}`));
  }
  return all.filter((it) => it);
}

/** The server's time; between two messages the page counts on, unless it has lost the station. */
function elapsed(bay, now) {
  if (bay.elapsedSeconds === null) {
    return '';
  }
  const since = BUSY.has(bay.state) && stream.live ? (now - bay.receivedAt) / 1000 : 0;
  return minutes(bay.elapsedSeconds + since);
}

/** Returns whether it was another text before. */
function set(node, value) {
  const isOther = node.textContent !== value;
  if (isOther) {
    node.textContent = value;
  }
  return isOther;
}

function setShape(svg, name) {
  svg.toggleAttribute('hidden', !name);
  const target = name ? `#shape-${name}` : '';
  if (svg.firstElementChild.getAttribute('href') !== target) {
    svg.firstElementChild.setAttribute('href', target);
  }
}

function makeTile(number) {
  const item = translate(byId('tile').content.cloneNode(true)).firstElementChild;
  const tile = { item, button: item.querySelector('button'), fields: {} };
  item.querySelectorAll('[data-field]').forEach((it) => { tile.fields[it.dataset.field] = it; });
  tile.button.dataset.bay = number;
  tile.fields.number.textContent = number;
  tile.button.addEventListener('click', () => { choose(number); focusScan(); });
  return tile;
}

/** Draws a tile; texts are fitted if they are new, or if all is (after a change of sizes). To measure costs more than to draw. */
function drawTile(bay, all = false) {
  const tile = tiles.get(bay.bay);
  if (!tile) {
    return;
  }
  const { button, fields, item } = tile;
  button.dataset.look = look(bay);
  button.dataset.state = bay.state;
  const isWordNew = set(fields.word, word(bay));
  setShape(item.querySelector('.shape'), bay.verdict ?? (BUSY.has(bay.state) ? 'work' : null));
  setShape(item.querySelector('.mark'), bay.locked ? 'lock' : bay.needsHands ? 'hand' : null);
  const isMoving = bay.state === 'RUNNING' && bay.percent !== null;
  item.querySelector('.bar').hidden = !isMoving;
  item.querySelector('.fill').style.setProperty('--part', (bay.percent ?? 0) / 100);
  set(fields.progress, [isMoving ? `${bay.percent} %` : null, ...notes(bay)].filter((it) => it).join(' · '));
  set(fields.elapsed, elapsed(bay, Date.now()));
  set(fields.versions, bay.to ? text('versions', { from: bay.from ?? '?', to: bay.to }) : '');
  const isReasonNew = set(fields.reason, [bay.reason, bay.message, bay.whatToTry].filter((it) => it).join(' · '));
  item.hidden = onlyFailed && !isFailed(bay);
  if (all || isWordNew) {
    squeeze(fields.word);
  }
  if (all || isReasonNew) {
    fields.reason.classList.toggle('cut', fields.reason.scrollHeight > fields.reason.clientHeight + 1);
  }
}

/** A long word is made narrower, never lower: its height is what is read from three metres. */
function squeeze(span) {
  const room = span.parentElement.clientWidth;
  const key = `${span.textContent} ${room} ${span.closest('li').clientHeight}`;
  if (!widths.has(key)) {
    widths.set(key, span.offsetWidth);
  }
  const needed = widths.get(key);
  span.style.setProperty('--squeeze', needed > room && room > 0 ? room / needed : 1);
}

function drawCounts() {
  const count = [...bays.values()].filter((bay) => bay.needsHands || bay.locked).length;
  set(byId('hands'), count ? text('count.hands', { count }) : text('count.hands.none'));
  byId('hands').classList.toggle('some', count > 0);
}

function drawStation() {
  byId('station-name').firstElementChild.textContent = station.line ? `${station.station} · ${station.line}` : station.station;
  document.title = station.station;
  const lines = station.stopped ? [text('banner.stopped', { why: station.stopped })] : [];
  set(byId('banner'), lines.concat(station.troubles).join(' '));
  byId('banner').hidden = !byId('banner').textContent;
  byId('about').textContent =
    text('about', { version: station.version, source: station.source ?? '', time: localTime(station.started) });
}

/** As many columns as make the letters highest; of those the fewest empty places. The sizes are those of the style sheet. */
function bestColumns(count, width, height) {
  const part = count > FULL_TILES ? 0.61 : 0.42;
  const letters = (columns) => Math.min((part * height) / Math.ceil(count / columns), (0.32 * width) / columns);
  const empty = (columns) => Math.ceil(count / columns) * columns - count;
  let best = 1;
  for (let columns = 2; columns <= count; columns++) {
    const gain = letters(columns) - letters(best);
    if (gain > 0.5 || (gain > -0.5 && empty(columns) < empty(best))) {
      best = columns;
    }
  }
  return best;
}

function arrange(wall) {
  if (!wall.classList.contains('single')) {
    const shown = [...wall.children].filter((it) => !it.hidden).length || 1;
    const columns = bestColumns(shown, wall.clientWidth, wall.clientHeight);
    wall.style.setProperty('--columns', columns);
    wall.style.setProperty('--rows', Math.ceil(shown / columns));
    wall.classList.toggle('compact', shown > FULL_TILES);
    wall.dataset.columns = columns;
  }
}

function redraw() {
  const wall = byId('wall');
  if (wall) {
    bays.forEach((bay) => { tiles.get(bay.bay).item.hidden = onlyFailed && !isFailed(bay); });
    arrange(wall);
    widths.clear();
    bays.forEach((bay) => drawTile(bay, true));
  }
}

function takeBay(bay) {
  const wasFailed = bays.has(bay.bay) && isFailed(bays.get(bay.bay));
  bay.receivedAt = Date.now();
  bays.set(bay.bay, bay);
  if (onlyFailed && wasFailed !== isFailed(bay)) {
    redraw();
  } else {
    drawTile(bay);
  }
  drawCounts();
  drawChosen();
  if (view.bay === bay.bay) {
    drawFacts(bay);
  }
}

/** Of two messages about one bay the one with the greater number counts; another start of the station begins anew. */
function isNewer(id) {
  const [start, number] = id.split('.').map(Number);
  const [knownStart, knownNumber] = newest.split('.').map(Number);
  return start !== knownStart || number > knownNumber;
}

const events = {
  snapshot(data, id) {
    if (station && station.version !== data.station.version) {
      location.reload();
      return;
    }
    newest = id;
    station = data.station;
    drawStation();
    if (String([...bays.keys()]) !== String(data.bays.map((bay) => bay.bay))) {
      bays.clear();
      tiles.clear();
      data.bays.forEach((bay) => tiles.set(bay.bay, makeTile(bay.bay)));
      byId('wall')?.replaceChildren(...[...tiles.values()].map((tile) => tile.item));
    }
    data.bays.forEach((bay) => bays.set(bay.bay, { ...bay, receivedAt: Date.now() }));
    redraw();
    drawCounts();
    drawChosen();
    if (view.bay) {
      drawFacts(bays.get(view.bay));
    }
    data.lines.forEach(addLine);
  },
  bay(data, id) {
    if (isNewer(id)) {
      newest = id;
      takeBay(data);
    }
  },
  station(data, id) {
    newest = id;
    station = data;
    drawStation();
  },
  line: addLine,
};

let stream = { live: false };

function follow(path) {
  stream = new Stream(path, { events, live: () => { byId('stale').hidden = true; }, stale: showStale });
  setInterval(() => {
    const now = Date.now();
    bays.forEach((bay) => tiles.get(bay.bay) && set(tiles.get(bay.bay).fields.elapsed, elapsed(bay, now)));
  }, 1_000);
}

// --- views -----------------------------------------------------------------------------------------------------------

const view = { name: '', bay: undefined };

function show(name) {
  view.name = name;
  byId('view').replaceChildren(translate(byId(`view-${name}`).content.cloneNode(true)));
  const hasBays = name === 'wall' || name === 'bay';
  byId('scan').hidden = !hasBays;
  byId('actions').hidden = !hasBays;
  byId('counts').hidden = name !== 'wall';
  document.querySelectorAll('#top nav a').forEach((link) => {
    link.toggleAttribute('aria-current', link.getAttribute('href') === location.pathname);
  });
}

function showWall() {
  show('wall');
  new ResizeObserver(() => redraw()).observe(byId('wall'));
  follow('/api/v1/events');
  drawChosen();
  focusScan();
}

async function showBay(number) {
  show('bay');
  const title = byId('view').querySelector('[data-field="title"]');
  title.textContent = text('bay.title', { bay: number });
  byId('details').hidden = true;
  if ((await fetch(`/api/v1/bays/${number}`)).status === 404) {
    title.textContent = text('bay.none', { bay: number });
    return;
  }
  view.bay = number;
  choose(number);
  follow(`/api/v1/events?bay=${number}`);
  loadRecords(`bay=${number}&limit=5`, false).catch((problem) => say({ status: 0, message: problem.message }));
  focusScan();
}

let factsRun = '';

function drawFacts(bay) {
  byId('view').querySelector('[data-field="advice"]').textContent =
    [bay.message, bay.whatToTry].filter((it) => it).join(' ');
  byId('facts').replaceChildren(...definitions({ ...bay, ...bay.identity, identity: null, receivedAt: null }));
  const run = `${bay.runId} ${bay.verdict}`;
  if (factsRun && run !== factsRun) {
    loadRecords(`bay=${bay.bay}&limit=5`, false).catch(() => {});
  }
  factsRun = run;
}

function definitions(fields) {
  return Object.entries(fields).filter(([, value]) => value !== null && value !== '').flatMap(([name, value]) => [
    element('dt', name),
    element('dd', typeof value === 'object' ? JSON.stringify(value) : String(value)),
  ]);
}

const lastLine = { story: 0, console: 0 };

function addLine(line) {
  const list = line.console ? 'console' : 'story';
  if (!byId(list) || line.number <= lastLine[list]) {
    return;
  }
  lastLine[list] = line.number;
  const atEnd = byId(list).scrollTop + byId(list).clientHeight >= byId(list).scrollHeight - 4;
  byId(list).append(element('li', [element('time', clock(new Date(line.at)), { datetime: line.at }), line.text]));
  if (byId(list).children.length > MOST_LINES) {
    byId(list).firstElementChild.remove();
  }
  if (atEnd) {
    byId(list).scrollTop = byId(list).scrollHeight;
  }
}

const COLUMNS = ['seq', 'started', 'bay', 'board', 'verdict', 'reason', 'versions', 'job', 'attempt', 'show'];

function cellsOf(record) {
  const verdict = record.verdict ?? '';
  return [
    String(record.seq),
    localTime(record.started),
    String(record.bay),
    record.unit ?? record.probe ?? record.scan ?? '',
    verdict
      ? element('span', text(`verdict.${verdict}`), { class: 'badge', 'data-look': verdict })
      : text('records.running'),
    record.reason ?? '',
    record.to ? text('versions', { from: record.from ?? '?', to: record.to }) : '',
    record.jobId ?? '',
    String(record.attempt),
  ];
}

function rowOf(record) {
  const cells = cellsOf(record);
  if (view.name === 'records') {
    const button = element('button', text('records.show'), { type: 'button' });
    button.addEventListener('click', () => showRecord(record));
    cells.push(button);
  }
  return element('tr', cells.map((cell) => element('td', cell)));
}

/** Reads a page of records into the table; returns the `before` of the next page, or null. */
async function loadRecords(query, isAdded) {
  const page = await getJson(`/api/v1/records?${query}`);
  const table = document.querySelector('table.records');
  if (!isAdded) {
    const columns = COLUMNS.filter((name) => name !== 'show' || view.name === 'records');
    const heads = columns.map((name) => element('th', text(`column.${name}`), { scope: 'col' }));
    table.replaceChildren(element('thead', element('tr', heads)), element('tbody', []));
  }
  table.tBodies[0].append(...page.records.map(rowOf));
  if (!table.tBodies[0].children.length) {
    table.tBodies[0].append(element('tr', element('td', text('records.none'), { colspan: COLUMNS.length })));
  }
  return page.next;
}

function showRecords() {
  show('records');
  const search = byId('search');
  let next = null;
  const filters = () => new URLSearchParams(new FormData(search));
  const load = async (before) => {
    const query = filters();
    if (before) {
      query.set('before', before);
    }
    try {
      next = await loadRecords(query, Boolean(before));
      byId('older').hidden = next === null;
    } catch (problem) {
      say({ status: 0, message: problem.message });
    }
  };
  search.addEventListener('submit', (event) => { event.preventDefault(); load(null); });
  byId('older').addEventListener('click', () => load(next));
  search.elements.search.focus();
  load(null);
  getJson('/api/v1/bays').then((all) => { station = all.station; drawStation(); }).catch(() => {});
}

function showRecord(record) {
  const section = byId('record');
  section.hidden = false;
  section.querySelector('[data-field="title"]').textContent = text('records.one', { seq: record.seq });
  section.querySelector('dl').replaceChildren(...definitions(record));
  const form = byId('correct');
  form.hidden = !isEngineer;
  form.elements.field.replaceChildren(
    ...['scan', 'operator', 'workOrder', 'lot', 'part', 'revision', 'fixture', 'line'].map((it) => element('option', it)));
  form.onsubmit = async (event) => {
    event.preventDefault();
    say(await command(`/api/v1/records/${record.seq}/correct`, Object.fromEntries(new FormData(form))));
  };
  section.focus();
}

async function showLogin() {
  show('login');
  const session = await getJson('/api/v1/session').catch(() => ({ engineer: false, engineerOffered: true }));
  byId('login-off').hidden = session.engineerOffered;
  byId('login').hidden = !session.engineerOffered || session.engineer;
  byId('engineer').hidden = !session.engineer;
  byId('login').addEventListener('submit', async (event) => {
    event.preventDefault();
    const answer = await command('/login', { token: byId('login').elements.token.value });
    say(answer);
    if (answer.status === 200) {
      location.assign('/');
    }
  });
  byId('engineer').addEventListener('click', async (event) => {
    const path = event.target.dataset.command;
    if (path) {
      say(await command(path));
      if (path === '/logout') {
        location.assign('/');
      }
    }
  });
  getJson('/api/v1/bays').then((all) => { station = all.station; drawStation(); }).catch(() => {});
  const { ports } = await getJson('/api/v1/unmapped').catch(() => ({ ports: [] }));
  const names = ['path', 'usbPath', 'serialNumber', 'product', 'why'];
  byId('unmapped').replaceChildren(
    element('thead', element('tr', names.map((it) => element('th', text(`unmapped.${it}`), { scope: 'col' })))),
    element('tbody', ports.length
      ? ports.map((port) => element('tr', names.map((it) => element('td', { ...port.port, why: port.why }[it] ?? ''))))
      : element('tr', element('td', text('unmapped.none'), { colspan: names.length }))));
}

// --- commands --------------------------------------------------------------------------------------------------------

/** The foot of the page has room for what a tile cuts off. */
function choose(number) {
  labelFor = number === labelFor ? number : undefined;
  chosen = number;
  sureUntil = 0;
  drawChosen();
  const bay = bays.get(number);
  say({ status: 200, message: bay ? [bay.message, bay.whatToTry].filter((it) => it).join(' ') : '' });
}

function drawChosen() {
  const bay = bays.get(chosen);
  tiles.forEach((tile, number) => tile.button.setAttribute('aria-pressed', String(number === chosen)));
  set(byId('chosen'), chosen === undefined ? text('chosen.none') : text('chosen', { bay: chosen }));
  byId('unlock').hidden = !(isEngineer && bay?.locked);
}

/** The bay whose start was refused for its label: a board that came back shows its verdict, and does not ask for its label by itself. */
let labelFor;

/** Bays whose start is on its way: a second press changes nothing. */
const starting = new Set();

async function start() {
  if (chosen === undefined || !bays.has(chosen)) {
    say({ status: 0, message: text('action.choose') });
    return;
  }
  const bay = bays.get(chosen);
  if (!starting.has(bay.bay)) {
    starting.add(bay.bay);
    const answer = await command(`/api/v1/bays/${bay.bay}/start`, { after: bay.runId }, newKey());
    starting.delete(bay.bay);
    labelFor = answer.code === 'SCAN_FIRST' ? bay.bay : undefined;
    say(answer, text('action.startTaken', { bay: bay.bay }));
  }
}

let sureUntil = 0;

async function abort() {
  if (chosen === undefined || !bays.has(chosen)) {
    say({ status: 0, message: text('action.choose') });
  } else if (Date.now() > sureUntil) {
    sureUntil = Date.now() + SURE_MILLIS;
    say({ status: 200, message: text('action.abortSure', { bay: chosen }) });
  } else {
    sureUntil = 0;
    say(await command(`/api/v1/bays/${chosen}/abort`, { runId: bays.get(chosen).runId }));
  }
}

async function unlock() {
  say(await command(`/api/v1/bays/${chosen}/unlock`));
}

function details() {
  if (chosen !== undefined && view.name === 'wall') {
    location.assign(`/bays/${chosen}`);
  }
}

function toggleFailed() {
  if (view.name === 'wall') {
    onlyFailed = !onlyFailed;
    byId('only-failed').setAttribute('aria-pressed', String(onlyFailed));
    redraw();
    say({ status: 200, message: onlyFailed && ![...bays.values()].some(isFailed) ? text('wall.none') : '' });
  }
}

/** The chosen bay is named only if it waits for a label, or its start does: a bay that was chosen long ago must not get another board's label. */
async function scan(event) {
  event.preventDefault();
  const label = byId('scan-box').value;
  byId('scan-box').value = '';
  if (label.trim()) {
    const isWaiting = bays.get(chosen)?.state === 'NEEDS_SCAN' || (chosen !== undefined && chosen === labelFor);
    labelFor = undefined;
    const answer = await command('/api/v1/scan', { text: label, bay: isWaiting ? chosen : null });
    if (answer.status === 200 && bays.has(answer.bay)) {
      choose(answer.bay);
    }
    say(answer, text('scan.taken'));
  }
}

// --- keys ------------------------------------------------------------------------------------------------------------

function focusScan() {
  if (!byId('scan').hidden) {
    byId('scan-box').focus({ preventScroll: true });
  }
}

/** Moves the choice among the tiles that are seen. */
function move(step) {
  const shown = [...tiles.entries()].filter(([, tile]) => !tile.item.hidden).map(([number]) => number);
  const at = shown.indexOf(chosen);
  const next = at < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, at + step));
  if (shown.length) {
    choose(shown[next]);
  }
}

const columns = () => Number(byId('wall')?.dataset.columns ?? 1);
const ACTION_KEYS = { F2: start, F6: toggleFailed, F8: abort, F9: details };
const MOVE_KEYS = {
  ArrowLeft: () => move(-1),
  ArrowRight: () => move(1),
  ArrowUp: () => move(-columns()),
  ArrowDown: () => move(columns()),
};

function onKey(event) {
  if (byId('scan').hidden || event.ctrlKey || event.altKey || event.metaKey) {
    return;
  }
  const isInTile = event.target.classList.contains('tile');
  const isFree = event.target === document.body || isInTile || event.target === byId('scan-box');
  const action = ACTION_KEYS[event.key] ?? (isFree && !byId('scan-box').value && view.name === 'wall' ? MOVE_KEYS[event.key] : null);
  if (action) {
    event.preventDefault();
    if (!event.repeat || MOVE_KEYS[event.key]) {
      action();
    }
  } else if (event.key === 'Escape') {
    byId('scan-box').value = '';
    sureUntil = 0;
    focusScan();
  } else if (event.key.length === 1 && event.key !== ' ' && event.target !== byId('scan-box')) {
    // A scanner types wherever the focus is.
    focusScan();
  }
}

function wire() {
  byId('scan').addEventListener('submit', scan);
  const buttons = { start, abort, details, unlock, 'only-failed': toggleFailed };
  Object.entries(buttons).forEach(([id, action]) => {
    byId(id).addEventListener('click', () => { action(); focusScan(); });
  });
  document.addEventListener('keydown', onKey);
  document.addEventListener('focusout', (event) => {
    if (!event.relatedTarget) {
      setTimeout(() => document.activeElement === document.body && focusScan());
    }
  });
}

// --- start -----------------------------------------------------------------------------------------------------------

function route() {
  const bay = location.pathname.match(/^\/bays\/(\d+)$/);
  if (bay) {
    showBay(Number(bay[1]));
  } else if (location.pathname === '/records') {
    showRecords();
  } else if (location.pathname === '/login') {
    showLogin();
  } else {
    showWall();
  }
}

texts = await getJson('/page/texts.json');
isEngineer = (await getJson('/api/v1/session').catch(() => ({ engineer: false }))).engineer;
translate(document);
wire();
route();
