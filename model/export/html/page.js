// SPDX-License-Identifier: MIT
// Search, dialects, themes and keys. Without it the page can be read all the same.
'use strict';
(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const query = byId('q');
  const list = byId('results');
  const said = byId('said');
  const say = (text) => { said.textContent = text; };

  // A page opened from a file may have no storage.
  const store = {
    get(key) { try { return localStorage.getItem('backstop-' + key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem('backstop-' + key, value); } catch { /* not kept */ } },
  };

  // -- dialects --

  const dialects = ['strict', 'ese', 'both'];
  const radios = [...document.querySelectorAll('input[name="dialect"]')];
  const wanted = new URLSearchParams(location.search);

  function showDialect(name) {
    if (!radios.length || !dialects.includes(name)) return;
    root.dataset.dialect = name;
    for (const radio of radios) radio.checked = radio.value === name;
    store.set('dialect', name);
    say(name === 'both' ? 'Both dialects, side by side' : 'Dialect ' + name);
  }
  for (const radio of radios) radio.addEventListener('change', () => showDialect(radio.value));
  showDialect(wanted.get('dialect') || store.get('dialect') || 'both');

  // -- themes --

  const themes = ['', 'light', 'dark'];
  function showTheme(name) {
    if (name) root.dataset.theme = name; else delete root.dataset.theme;
    byId('theme').setAttribute('aria-label', 'Theme: ' + (name || 'as the system is'));
    store.set('theme', name);
  }
  const nextTheme = () =>
    showTheme(themes[(themes.indexOf(root.dataset.theme || '') + 1) % themes.length]);
  byId('theme').addEventListener('click', nextTheme);
  showTheme(wanted.get('theme') || store.get('theme') || '');

  // -- search --

  const index = JSON.parse(byId('index').textContent).map(([kind, name, about, anchor]) =>
    ({ kind, name, about, anchor, low: name.toLowerCase(), all: (name + ' ' + about).toLowerCase() }));
  const most = 40;
  let chosen = -1;

  // The smaller the nearer: the whole name, its beginning, a word of it, a part of it, its text.
  function distance(entry, words) {
    let sum = 0;
    for (const word of words) {
      const at = entry.low.indexOf(word);
      if (at < 0 && !entry.all.includes(word)) return Infinity;
      if (at < 0) sum += 40;
      else if (entry.low === word) sum += 0;
      else if (at === 0 || /^jet(_err|_wrn)?$/.test(entry.low.slice(0, at))) sum += 5;
      else if (/[^a-z0-9]/.test(entry.low[at - 1])) sum += 10;
      else sum += 20;
    }
    return sum + entry.low.length / 100;
  }

  function marked(element, text, words) {
    const low = text.toLowerCase();
    let at = 0;
    while (at < text.length) {
      let next = text.length;
      let length = 0;
      for (const word of words) {
        const found = low.indexOf(word, at);
        if (found >= 0 && (found < next || (found === next && word.length > length))) {
          next = found;
          length = word.length;
        }
      }
      element.append(text.slice(at, next));
      if (!length) break;
      const mark = document.createElement('mark');
      mark.textContent = text.slice(next, next + length);
      element.append(mark);
      at = next + length;
    }
  }

  function line(entry, number, words) {
    const item = document.createElement('li');
    item.id = 'result-' + number;
    item.setAttribute('role', 'option');
    item.setAttribute('aria-selected', 'false');
    item.dataset.anchor = entry.anchor;
    for (const [name, text] of [['kind', entry.kind], ['name', entry.name], ['about', entry.about]]) {
      const part = document.createElement('span');
      part.className = name;
      if (name === 'kind') part.textContent = text; else marked(part, text, words);
      if (text) item.append(part);
    }
    return item;
  }

  function choose(number) {
    const items = list.querySelectorAll('li[role="option"]');
    if (!items.length) return;
    chosen = (number + items.length) % items.length;
    items.forEach((item, i) => item.setAttribute('aria-selected', String(i === chosen)));
    items[chosen].scrollIntoView({ block: 'nearest' });
    query.setAttribute('aria-activedescendant', items[chosen].id);
  }

  function closeResults() {
    list.hidden = true;
    chosen = -1;
    query.setAttribute('aria-expanded', 'false');
    query.removeAttribute('aria-activedescendant');
  }

  function search() {
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return closeResults();
    const found = index.map((entry) => ({ entry, far: distance(entry, words) }))
      .filter((hit) => hit.far < Infinity).sort((a, b) => a.far - b.far);
    list.replaceChildren(...found.slice(0, most).map((hit, i) => line(hit.entry, i, words)));
    if (!found.length) {
      const empty = document.createElement('li');
      empty.className = 'empty';
      empty.textContent = 'Nothing has that name.';
      list.append(empty);
    }
    list.hidden = false;
    list.scrollTop = 0;
    query.setAttribute('aria-expanded', 'true');
    say(found.length + ' results');
    choose(0);
  }

  function go(anchor) {
    closeResults();
    query.blur();
    if (location.hash === '#' + anchor) location.hash = '';
    location.hash = anchor;
    const target = byId(anchor);
    if (target && target.classList.contains('entry')) target.focus({ preventScroll: true });
  }

  query.addEventListener('input', search);
  query.addEventListener('focus', () => { if (query.value) search(); });
  query.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') choose(chosen + 1);
    else if (event.key === 'ArrowUp') choose(chosen - 1);
    else if (event.key === 'Enter') {
      const item = list.querySelectorAll('li[role="option"]')[chosen];
      if (item) go(item.dataset.anchor);
    } else if (event.key === 'Escape') {
      query.value = '';
      query.blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener('mousedown', (event) => {
    const item = event.target.closest('li[role="option"]');
    event.preventDefault();
    if (item) go(item.dataset.anchor);
  });
  query.addEventListener('blur', closeResults);

  // -- keys --

  const help = byId('help');
  byId('keys').addEventListener('click', () => help.showModal());

  const seen = (element) => element.getClientRects().length > 0;
  const entries = () => [...document.querySelectorAll('.entry')].filter(seen);
  let current = null;
  function step(by) {
    const all = entries();
    const top = 90;
    let at = all.indexOf(current || document.querySelector('.entry:target'));
    const near = at >= 0 && Math.abs(all[at].getBoundingClientRect().top - top) < innerHeight;
    if (!near) {
      const below = all.findIndex((entry) => entry.getBoundingClientRect().top > top - 20);
      at = by > 0 ? below - 1 : (below < 0 ? all.length : below);
    }
    const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    if (!next) return;
    if (current) current.classList.remove('current');
    current = next;
    next.classList.add('current');
    next.scrollIntoView({ block: 'start' });
    next.focus({ preventScroll: true });
  }

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || help.open) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== 'radio') return;
    const act = {
      '/': () => { query.focus(); query.select(); },
      '?': () => help.showModal(),
      j: () => step(1),
      k: () => step(-1),
      d: () => showDialect(dialects[(dialects.indexOf(root.dataset.dialect) + 1) % dialects.length]),
      t: nextTheme,
      Escape: () => { document.activeElement.blur(); closeResults(); },
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // -- where in the contents the reader is --

  const links = new Map([...document.querySelectorAll('nav a')].map((a) => [a.hash.slice(1), a]));
  const inView = new IntersectionObserver((changes) => {
    for (const change of changes) {
      const link = links.get(change.target.id);
      if (!link || !change.isIntersecting) continue;
      for (const other of links.values()) other.classList.remove('here');
      link.classList.add('here');
      const box = link.closest('nav');
      const place = link.offsetTop - box.clientHeight / 2;
      if (getComputedStyle(box).position === 'sticky') box.scrollTop = place;
    }
  }, { rootMargin: '-80px 0px -75% 0px' });
  for (const id of links.keys()) if (byId(id)) inView.observe(byId(id));

  if (wanted.get('q')) {
    query.value = wanted.get('q');
    query.focus();
    search();
  }
})();
