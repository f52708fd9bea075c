'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const words = data.words;
  const PAGE = 100;
  const byId = (id) => document.getElementById(id);

  // Data becomes text and never markup: there is no other way in here to put it on the page.
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined && text !== null) element.textContent = text;
    return element;
  };
  const say = (key, ...values) =>
    words[key].replace(/\{(\d)\}/g, (place, n) => values[n]);

  const number = new Intl.NumberFormat(data.lang);
  const money = /^(-?[\d.]+) /;
  const zone = (() => {
    try {
      new Intl.DateTimeFormat(data.lang, { timeZone: data.zone });
      return data.zone;
    } catch (e) {
      return undefined;
    }
  })();
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const times = new Map();
  const time = (iso) => {
    if (!times.has(iso)) times.set(iso, clock.format(new Date(iso)));
    return times.get(iso);
  };
  const took = (seconds) => {
    if (seconds < 60) return `${Math.round(seconds * 10) / 10} ${words.sec}`;
    const all = Math.round(seconds);
    const hours = Math.floor(all / 3600);
    const minutes = Math.floor(all / 60) % 60;
    return hours > 0 ? `${hours} ${words.hour} ${minutes} ${words.min}` : `${minutes} ${words.min} ${all % 60} ${words.sec}`;
  };

  const states = Object.keys(data.states);
  const rows = data.rows.map((values) => {
    const row = {};
    data.fields.forEach((field, i) => { row[field] = values[i]; });
    const isVariant = row.id && (row.row || '').startsWith(`${row.id}#`);
    row.name = (isVariant ? row.row : row.id || row.row) || '';
    row.what = (row.prompt || row.name).toLowerCase();
    row.amount = row.cost && money.test(row.cost) ? Number(money.exec(row.cost)[1]) : null;
    row.found = [row.line, row.row, row.id, row.task_id, row.prompt, row.model, row.operation, row.source, row.error_code,
      row.error_message, row.error_message_zh, row.state, data.states[row.state]].join('\n').toLowerCase();
    return row;
  });

  // A row stands under the row of the file that it starts from.
  const named = new Map();
  rows.forEach((row) => {
    if (row.row) named.set(row.row, row);
    if (row.id && !named.has(row.id)) named.set(row.id, row); // of variants, the first
  });
  rows.forEach((row) => {
    row.parent = row.source && named.get(row.source) !== row ? named.get(row.source) : undefined;
  });
  const inChains = (some) => {
    const shown = new Set(some);
    const under = new Map();
    const first = [];
    some.forEach((row) => {
      if (row.parent && shown.has(row.parent)) {
        if (!under.has(row.parent)) under.set(row.parent, []);
        under.get(row.parent).push(row);
      } else {
        first.push(row);
      }
    });
    const placed = [];
    const done = new Set();
    const place = (root) => {
      const open = [[root, 0]];
      while (open.length) {
        const [row, depth] = open.pop();
        if (done.has(row)) continue;
        done.add(row);
        placed.push([row, depth]);
        const next = under.get(row) || [];
        for (let i = next.length - 1; i >= 0; i--) open.push([next[i], depth + 1]);
      }
    };
    first.forEach(place);
    some.forEach(place); // a circle has no first
    return placed;
  };

  const view = { key: 'line', down: false, state: '', words: [], page: 0, chains: true };
  const body = document.querySelector('#table tbody');
  const value = {
    what: (row) => row.what, state: (row) => states.indexOf(row.state), cost: (row) => row.amount };
  const collator = new Intl.Collator(data.lang, { numeric: true });

  const matching = () => {
    const found = rows.filter((row) =>
      (!view.state || row.state === view.state) && view.words.every((word) => row.found.includes(word)));
    const of = value[view.key] || ((row) => row[view.key]);
    if (view.key !== 'line' || view.down) {
      const sign = view.down ? -1 : 1;
      found.sort((a, b) => {
        const x = of(a);
        const y = of(b);
        if (x === null || y === null) return (x === null) - (y === null) || a.line - b.line; // unknown is last either way
        const order = typeof x === 'number' ? x - y : view.key === 'submitted_at' ? (x < y ? -1 : x > y ? 1 : 0) : collator.compare(x, y);
        return order * sign || a.line - b.line;
      });
    }
    return view.chains && view.key === 'line' ? inChains(found) : found.map((row) => [row, 0]);
  };

  const copyButton = (text, label) => {
    const button = make('button', 'copy', words.copy);
    button.type = 'button';
    if (label) button.setAttribute('aria-label', `${words.copy}: ${label}`);
    button.addEventListener('click', () => copy(text, button));
    return button;
  };
  const copy = async (text, button) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch (e) {
      const area = make('textarea');
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
      button.focus();
    }
    button.textContent = words.copied;
    setTimeout(() => { button.textContent = words.copy; }, 1500);
  };

  const linkOf = (address) => {
    try {
      const url = new URL(address);
      return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
    } catch (e) {
      return null;
    }
  };
  // A path below this page's folder and nothing else.
  const fileOf = (path) => {
    const parts = path.replace(/\\/g, '/').split('/');
    return path.startsWith('/') || parts.some((part) => part === '..' || part === '' || part.includes(':'))
      ? null : './' + parts.map(encodeURIComponent).join('/');
  };
  const anchor = (href, text) => {
    const link = make('a', '', text);
    link.href = href;
    link.rel = 'noopener noreferrer';
    link.target = '_blank';
    return link;
  };

  const fact = (list, title, content, wide, copied) => {
    if (content === null || content === undefined || content === '') return;
    const item = make('div', wide ? 'wide' : '');
    item.append(make('dt', '', title));
    const said = make('dd');
    said.append(content);
    if (copied) said.append(copyButton(String(copied), title));
    item.append(said);
    list.append(item);
  };
  const detail = (row, id) => {
    const line = make('tr', 'detail');
    line.id = id;
    const cell = make('td');
    cell.colSpan = 7;
    const file = row.video_file && fileOf(row.video_file);
    if (file) {
      const player = make('video');
      player.controls = true;
      player.preload = 'metadata';
      player.src = file;
      player.setAttribute('aria-label', row.name);
      cell.append(player);
    }
    const list = make('dl');
    fact(list, words.prompt, row.prompt, true, row.prompt);
    fact(list, words.message, row.error_message, true);
    fact(list, words.messageZh, row.error_message_zh, true);
    fact(list, words.row, row.row, false, row.row);
    fact(list, words.task, row.task_id, false, row.task_id);
    fact(list, words.code, row.error_code);
    fact(list, words.operation, row.operation);
    fact(list, words.model, row.model);
    fact(list, words.source, row.source);
    fact(list, words.attempts, row.attempts ? number.format(row.attempts) : null);
    fact(list, words.submitted, row.submitted_at && time(row.submitted_at));
    fact(list, words.finished, row.finished_at && time(row.finished_at));
    fact(list, words.dies, row.link_expires_at && time(row.link_expires_at));
    fact(list, words.file, row.video_file);
    if (row.video_url) {
      const link = linkOf(row.video_url);
      fact(list, words.link, link ? anchor(link, row.video_url) : row.video_url, true, row.video_url);
    }
    cell.append(list);
    line.append(cell);
    return line;
  };
  const toggle = (row, line, button) => {
    const id = button.getAttribute('aria-controls');
    const open = button.getAttribute('aria-expanded') === 'true';
    button.setAttribute('aria-expanded', String(!open));
    if (open) {
      byId(id).remove();
    } else {
      line.after(detail(row, id));
    }
  };

  const chinese = data.lang.startsWith('zh');
  const draw = ([row, depth]) => {
    const line = make('tr', depth ? 'row chained' : 'row');
    if (depth) line.style.setProperty('--depth', Math.min(depth, 4));
    line.append(make('td', 'num', number.format(row.line)));

    const what = make('td', 'what');
    const open = make('button', 'open');
    open.type = 'button';
    open.setAttribute('aria-expanded', 'false');
    open.setAttribute('aria-controls', `detail-${row.line}`);
    const from = row.source ? say('from', row.source) : '';
    const name = [row.id, row.model, from].filter(Boolean).join(' · ');
    if (name) open.append(make('span', 'name', name));
    open.append(make('span', 'text', row.prompt || row.name || say('show', row.line)));
    open.addEventListener('click', () => toggle(row, line, open));
    what.append(open);
    const said = (chinese && row.error_message_zh) || row.error_message || row.error_code;
    if (said) what.append(make('span', `said s-${row.state}`, said));
    line.append(what);

    const state = make('td', 'state');
    state.append(make('span', `badge s-${row.state}`, data.states[row.state]));
    line.append(state);
    const sent = make('td', 'num sent', row.submitted_at ? time(row.submitted_at).slice(5, 16) : '');
    if (row.submitted_at) sent.title = time(row.submitted_at);
    line.append(sent);
    line.append(make('td', 'num took', row.seconds === null ? '' : took(row.seconds)));
    line.append(make('td', 'num', row.cost));

    const acts = make('td', 'acts');
    const link = row.video_url && linkOf(row.video_url);
    if (row.video_file && fileOf(row.video_file)) {
      const play = make('button', 'link', words.play);
      play.type = 'button';
      play.setAttribute('aria-label', `${words.play}: ${row.name}`);
      play.addEventListener('click', () => {
        if (open.getAttribute('aria-expanded') === 'false') toggle(row, line, open);
        const player = byId(`detail-${row.line}`).querySelector('video');
        player.play().catch(() => {});
        player.focus();
      });
      acts.append(play);
    }
    if (link) {
      const anchored = anchor(link, words.open);
      anchored.setAttribute('aria-label', `${words.open}: ${row.name}`);
      acts.append(anchored);
    }
    line.append(acts);
    return line;
  };

  let shown = [];
  const count = byId('count');
  const empty = document.querySelector('.empty');
  const pager = document.querySelector('.pager');
  const fill = (some) => {
    const lines = document.createDocumentFragment();
    some.forEach((placed) => lines.append(draw(placed)));
    body.replaceChildren(lines);
  };
  const turn = (page) => {
    const pages = Math.max(1, Math.ceil(shown.length / PAGE));
    view.page = Math.min(Math.max(page, 0), pages - 1);
    fill(shown.slice(view.page * PAGE, (view.page + 1) * PAGE));
    pager.hidden = pages === 1;
    position.textContent = say('page', number.format(view.page + 1), number.format(pages));
    previous.disabled = view.page === 0;
    next.disabled = view.page === pages - 1;
  };
  const update = () => {
    shown = matching();
    const n = number.format(shown.length);
    count.textContent = shown.length < rows.length ? say('count.of', n, number.format(rows.length))
      : rows.length === 1 ? words['count.one'] : say('count', n);
    empty.hidden = shown.length > 0;
    empty.textContent = words.none;
    turn(0);
  };

  const pageButton = (text, step) => {
    const button = make('button', '', text);
    button.type = 'button';
    button.addEventListener('click', () => {
      turn(view.page + step);
      byId('rows').scrollIntoView();
    });
    return button;
  };
  const previous = pageButton(words.previous, -1);
  const position = make('span');
  const next = pageButton(words.next, 1);
  pager.append(previous, position, next);

  const search = byId('search');
  const filter = byId('state');
  search.addEventListener('input', () => {
    view.words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    update();
  });
  filter.addEventListener('change', () => {
    view.state = filter.value;
    update();
  });
  byId('chains').addEventListener('change', (event) => {
    view.chains = event.target.checked;
    update();
  });
  document.querySelector('.tools').addEventListener('submit', (event) => event.preventDefault());
  document.querySelectorAll('.legend a').forEach((link) => link.addEventListener('click', () => {
    filter.value = link.dataset.state;
    view.state = filter.value;
    update();
  }));
  document.querySelectorAll('th[data-key] button').forEach((button) => button.addEventListener('click', () => {
    const head = button.parentElement;
    view.down = view.key === head.dataset.key && !view.down;
    view.key = head.dataset.key;
    document.querySelectorAll('th[aria-sort]').forEach((other) => other.removeAttribute('aria-sort'));
    head.setAttribute('aria-sort', view.down ? 'descending' : 'ascending');
    update();
  }));
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      search.focus();
    }
  });
  document.querySelectorAll('.command').forEach((command) => {
    const button = command.querySelector('.copy');
    button.hidden = false;
    button.addEventListener('click', () => copy(command.querySelector('code').textContent, button));
  });

  // On paper there are no pages to turn: every row that is found is there.
  window.addEventListener('beforeprint', () => fill(shown));
  window.addEventListener('afterprint', () => turn(view.page));

  const theme = byId('theme');
  const root = document.documentElement;
  const kept = (() => {
    try {
      return localStorage.getItem('reelbatch-theme');
    } catch (e) {
      return null;
    }
  })();
  if (kept === 'light' || kept === 'dark') root.dataset.theme = kept;
  theme.addEventListener('click', () => {
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
    try {
      localStorage.setItem('reelbatch-theme', root.dataset.theme);
    } catch (e) {
      // Some browsers keep nothing for files; the choice then lasts as long as the page.
    }
  });

  theme.hidden = false;
  document.querySelector('.tools').hidden = false;
  document.querySelector('.frame').hidden = false;
  update();
})();
