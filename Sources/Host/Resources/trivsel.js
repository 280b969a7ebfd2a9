// Everything works without this file. It adds: a draft kept in the browser, a list one can search in, a count of letters, keys.
"use strict";

// Where drafts and choices are kept; a browser may refuse it, and then nothing is kept.
const store = {
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, value); } catch { /* nothing is kept */ } },
  remove(key) { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
  keys() { try { return Object.keys(localStorage); } catch { return []; } },
};

// Opens every fold that something stands in.
const unfold = (e) => { for (let fold = e.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true; };

// Draft: what a signed-in person types into a form marked data-draft stays in this browser until it is sent or the person signs out.
const person = document.body.dataset.person;
// On a machine that people share, nobody finds what somebody else began.
if (person) for (const key of store.keys()) if (key.startsWith("draft:") && !key.startsWith(`draft:${person}:`)) store.remove(key);
// A page that names nobody lets go of it too.
for (const mark of document.querySelectorAll("[data-draft-sent]"))
  for (const key of store.keys()) if (key.startsWith("draft:") && key.endsWith(`:${mark.dataset.draftSent}`)) store.remove(key);
// The answer to a form on which one should not be asked to send it again: gone back to, the form begins anew.
if (document.querySelector("[data-anew]")) history.replaceState(null, "", location.pathname);
// Puts what other steps asked for into a step of a form, unseen, as the server would have.
function carry(form, saved) {
  const own = new Set([...form.elements].filter((e) => e.type !== "hidden").map((e) => e.name));
  const values = new Map();
  for (const [id, value] of Object.entries(saved)) {
    const name = id.slice(0, id.indexOf("=")), option = id.slice(name.length + 1);
    if (own.has(name) || ["step", "case", "kept"].includes(name)) continue;
    const known = values.get(name) ?? { chosen: [], typed: null };
    if (option && value) known.chosen.push(option); else if (!option) known.typed = value;
    values.set(name, known);
  }
  for (const [name, { chosen, typed }] of values) {
    for (const e of [...form.elements]) if (e.name === name && e.type === "hidden") e.remove();
    for (const value of chosen.length ? chosen : [typed].filter(Boolean)) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
}
for (const form of document.querySelectorAll("form[data-draft]")) {
  if (!person) break;
  const key = `draft:${person}:${form.dataset.draft}`;
  const fields = () => [...form.elements].filter((e) => e.name && !e.name.startsWith("_") && !e.closest("[data-no-draft]") && !["submit", "button", "file"].includes(e.type));
  const chosen = (e) => (["radio", "checkbox"].includes(e.type) ? e.checked : e.value);
  const saved = JSON.parse(store.get(key) ?? "{}");
  // What the server answers with counts before the draft; reloaded or gone back to, it is the older of the two.
  const isAgain = ["reload", "back_forward"].includes(performance.getEntriesByType("navigation")[0]?.type);
  if (!form.dataset.filled || isAgain) {
    // What one had begun is in sight again.
    if (Object.keys(saved).length) unfold(form);
    for (const e of fields()) {
      const id = `${e.name}=${["radio", "checkbox"].includes(e.type) ? e.value : ""}`;
      if (!(id in saved)) continue;
      if (["radio", "checkbox"].includes(e.type)) e.checked = saved[id];
      else if (e.type !== "hidden") e.value = saved[id];
    }
  }
  const keep = () => {
    const now = { ...JSON.parse(store.get(key) ?? "{}") };
    for (const e of fields()) now[`${e.name}=${["radio", "checkbox"].includes(e.type) ? e.value : ""}`] = chosen(e);
    store.set(key, JSON.stringify(now));
  };
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("submit", keep);
  if (form.dataset.filled && !isAgain) keep();
  // A step is the answer to a form, and would have to be sent again to be gone back to. It is asked for by its address instead, which
  // names its number alone, and the draft fills it, with what the steps before it asked for.
  const asked = new URLSearchParams(location.search).get("step");
  if (form.dataset.step && store.get(key)) history.replaceState(null, "", form.dataset.step === "0" ? location.pathname : `?step=${form.dataset.step}`);
  else if (asked && !Object.keys(saved).length) location.replace(location.pathname);
  else if (asked) carry(form, saved);
  // A page that the browser has kept whole, of a form that has been sent since.
  const wasKept = Boolean(store.get(key));
  addEventListener("pageshow", (e) => { if (e.persisted && form.dataset.step && wasKept && !store.get(key)) location.replace(location.pathname); });
}
document.querySelector('form[action="/sign-out"]')?.addEventListener("submit", () => {
  for (const key of store.keys()) if (key.startsWith("draft:")) store.remove(key);
});

// What was typed on the page before into a list's field and named nothing; kept for one page.
const typedBefore = {};
try {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("typed:")) { typedBefore[key] = sessionStorage[key]; delete sessionStorage[key]; }
} catch { /* nothing was kept */ }

// A long list becomes a field with suggestions (ARIA combobox); the list itself stays and carries the value.
for (const list of document.querySelectorAll("select[data-search]")) {
  const box = document.createElement("div"), input = document.createElement("input"), options = document.createElement("ul");
  box.className = "suggest";
  Object.assign(input, { type: "text", id: list.id, autocomplete: "off" });
  // Not a stop of the Tab key: a browser makes every list that scrolls one, and this is gone as soon as it is reached.
  Object.assign(options, { id: `${list.id}-list`, hidden: true, tabIndex: -1 });
  options.setAttribute("role", "listbox");
  for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", options.id], ["aria-autocomplete", "list"]]) input.setAttribute(name, value);
  for (const name of ["aria-describedby", "aria-invalid"]) if (list.hasAttribute(name)) input.setAttribute(name, list.getAttribute(name));
  list.id += "-value";
  list.hidden = true;
  list.before(box);
  box.append(input, options, list);
  // A word that named nothing is there again to be mended.
  input.value = list.value ? list.selectedOptions[0].text : list.hasAttribute("aria-invalid") ? typedBefore[`typed:${list.name}`] ?? "" : "";
  const none = Object.assign(document.createElement("p"), { className: "hint" });
  none.setAttribute("role", "status");
  box.after(none);
  options.setAttribute("aria-label", document.querySelector(`label[for="${input.id}"]`)?.textContent ?? "");
  let at = -1;
  const show = (open) => { options.hidden = !open; input.setAttribute("aria-expanded", String(open)); if (!open) input.removeAttribute("aria-activedescendant"); };
  const mark = (index) => {
    at = index;
    [...options.children].forEach((o, i) => o.setAttribute("aria-selected", String(i === at)));
    const o = options.children[at];
    if (o) { input.setAttribute("aria-activedescendant", o.id); o.scrollIntoView({ block: "nearest" }); }
  };
  const choose = (value, text) => { list.value = value; input.value = text; show(false); list.dispatchEvent(new Event("change", { bubbles: true })); };
  const fill = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const hits = [...list.options].filter((o) => o.value && words.every((w) => o.text.toLowerCase().includes(w)));
    options.replaceChildren(...hits.map((o, i) => {
      const item = document.createElement("li");
      item.id = `${options.id}-${i}`; item.setAttribute("role", "option"); item.textContent = o.text;
      item.addEventListener("pointerdown", (e) => { e.preventDefault(); choose(o.value, o.text); });
      return item;
    }));
    mark(hits.length && words.length ? 0 : -1);
    show(hits.length > 0);
    none.textContent = hits.length ? "" : list.dataset.search;
  };
  input.addEventListener("input", () => {
    list.value = "";
    try { sessionStorage.setItem(`typed:${list.name}`, input.value); } catch { /* it lasts as long as the page */ }
    fill();
  });
  input.addEventListener("focus", fill);
  input.addEventListener("blur", () => {
    const hit = [...list.options].find((o) => o.value && o.text.toLowerCase() === input.value.trim().toLowerCase());
    if (hit) choose(hit.value, hit.text);
    show(false);
  });
  input.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (options.hidden) fill();
      const n = options.children.length;
      if (n) mark((at + (e.key === "ArrowDown" ? 1 : n - 1) + n) % n);
    } else if (e.key === "Enter" && !options.hidden && options.children[at]) {
      e.preventDefault();
      const text = options.children[at].textContent;
      choose([...list.options].find((o) => o.text === text).value, text);
    } else if (e.key === "Escape") show(false);
  });
}

// How many letters are left, once few are.
const countLetters = () => { for (const field of document.querySelectorAll("[data-limit]")) {
  const note = document.createElement("p"), limit = Number(field.dataset.limit);
  note.className = "count";
  note.setAttribute("aria-live", "polite");
  field.after(note);
  const count = () => {
    const used = [...field.value].length;
    note.textContent = used > limit * 0.8 ? `${used} / ${limit}` : "";
    note.classList.toggle("over", used > limit);
  };
  field.addEventListener("input", count);
  count();
} };
countLetters();

// Files: dropped or chosen, listed with their sizes, each to be taken out again; what is too large is said before it is sent.
const megabytes = (n) => (n < 1e6 ? `${Math.max(1, Math.ceil(n / 1000))} kB` : `${(n / 1e6).toLocaleString(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} MB`);
const part = (name, values = {}, ...children) => { const it = Object.assign(document.createElement(name), values); it.append(...children); return it; };
const fileFields = () => { for (const input of document.querySelectorAll("input[data-files]")) {
  const words = JSON.parse(input.dataset.files), camera = document.getElementById(`${input.id}-camera`);
  const list = part("ul", { className: "chosen", hidden: true }), said = part("p", { className: "visually-hidden" });
  list.setAttribute("aria-label", words.chosen);
  said.setAttribute("role", "status");
  const box = part("div", { className: "drop" });
  input.before(box);
  box.append(input, part("span", { className: "soft" }, words.drop));
  box.after(list, said);
  let all = [...input.files];
  const show = () => {
    const chosen = new DataTransfer();
    for (const file of all) chosen.items.add(file);
    input.files = chosen.files;
    list.hidden = !all.length;
    list.replaceChildren(...all.map((file) => {
      const button = part("button", { type: "button", className: "link" }, words.remove, part("span", { className: "visually-hidden" }, ` ${file.name}`));
      button.addEventListener("click", () => {
        const at = all.indexOf(file);
        all = all.filter((f) => f !== file);
        show();
        (list.children[Math.min(at, all.length - 1)]?.querySelector("button") ?? input).focus();
      });
      const line = part("span", {}, part("b", {}, file.name), part("span", { className: "soft" }, ` ${megabytes(file.size)}`));
      if (file.size > words.limit) line.append(part("span", { className: "error" }, ` ${words.tooLarge}`));
      return part("li", {}, line, button);
    }));
    said.textContent = all.length ? `${words.chosen}: ${all.map((f) => f.name).join(", ")}` : "";
  };
  // What is chosen later comes beside what was chosen before.
  const add = (files) => { all = [...all, ...[...files].filter((f) => !all.some((o) => o.name === f.name && o.size === f.size && o.lastModified === f.lastModified))]; show(); };
  input.addEventListener("change", () => add(input.files));
  camera?.addEventListener("change", () => { add(camera.files); camera.value = ""; });
  for (const kind of ["dragover", "dragleave", "drop"]) box.addEventListener(kind, (e) => {
    e.preventDefault();
    box.classList.toggle("over", kind === "dragover");
    if (kind === "drop") add(e.dataTransfer.files);
  });
  // A browser that goes back has kept what was chosen.
  if (all.length) show();
} };
fileFields();

// Sends a form, and says how far it is when there are files; it can be stopped.
const post = (form, data) => new Promise((resolve, reject) => {
  const field = form.querySelector("input[data-files]");
  const request = new XMLHttpRequest(), words = JSON.parse(field?.dataset.files ?? "{}");
  const bar = part("progress", { max: 1, value: 0 }), stop = part("button", { type: "button", className: "link" }, words.stop ?? "");
  const note = part("p", { className: "sending" }, `${words.sending} `, bar, " ", stop);
  bar.setAttribute("aria-label", words.sending);
  note.setAttribute("role", "status");
  stop.addEventListener("click", () => request.abort());
  request.upload.addEventListener("progress", (e) => { if (e.lengthComputable) bar.value = e.loaded / e.total; });
  for (const end of ["load", "error", "abort", "timeout"]) request.addEventListener(end, () => { note.remove(); end === "load" ? resolve(request) : reject(new Error(end)); });
  request.open("POST", form.action);
  if (field?.files.length) (form.querySelector(".actions, button:not([type])") ?? form.lastElementChild).before(note);
  request.send(form.enctype.startsWith("multipart") ? data : new URLSearchParams(data));
});
const lost = (form, words) => {
  form.ariaBusy = "false";
  const note = form.querySelector(".lost") ?? form.appendChild(document.createElement("p"));
  note.className = "error lost";
  note.setAttribute("role", "alert");
  note.textContent = words;
};
addEventListener("submit", async (e) => {
  const form = e.target, field = form.querySelector("input[data-files]");
  if (form.matches("form[data-stay]") || !field?.files.length) return;
  e.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  try {
    const answer = await post(form, new FormData(form, e.submitter));
    if (answer.responseURL !== form.action) return location.assign(answer.responseURL);
    document.open();
    document.write(answer.responseText);
    document.close();
  } catch { lost(form, JSON.parse(field.dataset.files).lost); }
});

// A picture opens large over the page; Escape or a click closes it.
addEventListener("click", (e) => {
  const way = e.target.closest?.("a[data-picture]");
  if (!way || e.ctrlKey || e.metaKey || e.shiftKey) return;
  e.preventDefault();
  const image = part("img", { src: way.href, alt: way.querySelector("img").alt });
  const close = part("button", { type: "button", className: "button quiet" }, way.dataset.picture);
  const box = part("dialog", { className: "picture" }, image, close);
  box.setAttribute("aria-label", image.alt);
  box.addEventListener("click", () => box.close());
  box.addEventListener("close", () => { box.remove(); way.focus(); });
  document.body.append(box);
  box.showModal();
});

// Menus close when one looks elsewhere.
addEventListener("pointerdown", (e) => { for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(e.target)) menu.open = false; });
addEventListener("keydown", (e) => { if (e.key === "Escape") for (const menu of document.querySelectorAll(".menu[open]")) { menu.open = false; menu.querySelector("summary").focus(); } });

// Keys of one letter can be switched off: speech and slips of the hand set them off too (WCAG 2.1.4).
for (const button of document.querySelectorAll("[data-keys]")) {
  const show = () => { button.setAttribute("aria-pressed", String(store.get("keys") !== "off")); };
  button.hidden = false;
  button.addEventListener("click", () => { store.set("keys", store.get("keys") === "off" ? "on" : "off"); show(); });
  show();
}

// Marks stay while one walks from case to case in this tab, until what is done with them is done.
const marks = { get: () => { try { return JSON.parse(sessionStorage.getItem("marks") ?? "[]"); } catch { return []; } },
  set(all) { try { sessionStorage.setItem("marks", JSON.stringify(all)); } catch { /* they last as long as the page */ } },
  clear() { try { sessionStorage.removeItem("marks"); } catch { /* nothing was kept */ } } };
// A page that names nobody leaves nothing of the desk in the tab.
if (!person || document.querySelector("[data-marked-done]")) marks.clear();
for (const box of document.querySelectorAll(".list input[name=case]")) {
  box.checked ||= marks.get().includes(box.value);
  box.addEventListener("change", () => marks.set([...marks.get().filter((id) => id !== box.value), ...(box.checked ? [box.value] : [])]));
}
document.querySelector('form[action="/sign-out"]')?.addEventListener("submit", marks.clear);
// Those on other pages of the list go along, and the button says how many there are.
const bulk = document.getElementById("bulk"), go = bulk?.querySelector("button"), goes = go?.textContent;
const count = () => { if (go) go.textContent = marks.get().length ? `${goes} (${marks.get().length})` : goes; };
addEventListener("change", count);
addEventListener("pageshow", count);
bulk?.addEventListener("submit", () => {
  const here = new Set([...document.querySelectorAll("input[name=case]")].map((e) => e.value));
  for (const value of marks.get()) if (!here.has(value)) bulk.append(Object.assign(document.createElement("input"), { type: "hidden", name: "case", value }));
});

// The desk's keys: j and k walk the list, Enter opens, x marks, / searches, a letter on [data-key] opens that act.
addEventListener("keydown", (e) => {
  if (store.get("keys") === "off") return;
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  const rows = [...document.querySelectorAll(".list .row")];
  if ((e.key === "j" || e.key === "k") && rows.length) {
    const open = rows.findIndex((r) => r.hasAttribute("aria-current"));
    const here = open < 0 ? rows.indexOf(document.activeElement) : open;
    const next = rows[Math.max(0, Math.min(rows.length - 1, here + (e.key === "j" ? 1 : -1)))];
    // Beside an open case the next one opens; in the list alone one walks, and Enter opens.
    if (open < 0) next.focus(); else location.assign(next.href);
  } else if (e.key === "x" && rows.length) {
    const row = rows.find((r) => r === document.activeElement) ?? rows.find((r) => r.hasAttribute("aria-current"));
    row?.closest(".line")?.querySelector("input[name=case]")?.click();
  } else if (e.key === "/") {
    const search = document.querySelector("input[type=search]");
    if (search) { e.preventDefault(); search.focus(); }
  } else {
    const act = document.querySelector(`[data-key="${CSS.escape(e.key)}"]`);
    if (act) { e.preventDefault(); unfold(act); act.querySelector("textarea, select, input:not([type=hidden])")?.focus(); }
  }
});
document.querySelector(".row[aria-current]")?.scrollIntoView({ block: "nearest" });

// What cannot be had back is not thrown away unasked: what is typed into such a form, and a code that is shown only now.
let typed = false;
addEventListener("input", (e) => { typed ||= Boolean(e.target.closest?.("form[data-stay]")); });
addEventListener("beforeunload", (e) => { if (typed || document.querySelector("form[data-hold=always]")) e.preventDefault(); });

// A form marked data-stay is answered in place: its whole way is one entry in the browser's history, which a quick exit replaces.
addEventListener("submit", async (e) => {
  const form = e.target;
  if (!form.matches("form[data-stay]")) return;
  e.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  try {
    const answer = await post(form, new FormData(form, e.submitter));
    if (answer.responseURL !== form.action) throw new Error("elsewhere");
    const page = new DOMParser().parseFromString(answer.responseText, "text/html");
    document.documentElement.lang = page.documentElement.lang;
    document.body.replaceChildren(...page.body.childNodes);
    typed &&= Boolean(document.querySelector("form[data-hold]"));
    countLetters();
    fileFields();
    scrollTo(0, 0);
    const start = document.querySelector("#errors") ?? document.querySelector("main [data-start]") ?? document.querySelector("main h1");
    start.tabIndex = -1;
    start.focus();
  } catch { lost(form, form.dataset.stay); }
});

// Quick exit: the button, or Escape twice. The page is emptied at once and replaced in the history.
const exit = (way) => { typed = false; document.body.replaceChildren(); location.replace(way.href); };
addEventListener("click", (e) => { const way = e.target.closest?.("[data-exit]"); if (way) { e.preventDefault(); exit(way); } });
let escaped = -Infinity;
addEventListener("keydown", (e) => {
  const way = e.key === "Escape" && document.querySelector("[data-exit]");
  if (!way) return;
  if (e.timeStamp - escaped < 1500) exit(way);
  escaped = e.timeStamp;
});
