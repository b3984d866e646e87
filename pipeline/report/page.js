/* Sorts, filters and copies. Without it everything is there too, unsorted. The page names the checksum of this text. */
(() => {
  "use strict";
  const one = (id) => document.getElementById(id);
  const find = one("find"), host = one("host"), state = one("state"), all = one("all"), shown = one("shown");
  const say = (words) => { one("said").textContent = words; };

  /* Letters as one may type them: Novakova finds Nováková, Lukasz finds Łukasz. */
  const OTHER = { "đ": "d", "ð": "d", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "’": "'" };
  const bare = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "")
    .replace(/[đðłøßæœþı’]/g, (letter) => OTHER[letter]);

  /* -- sorting: a button in each heading ------------------------------------------------------------------------ */

  const order = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const keyOf = (cell) => {
    const family = cell.querySelector("b"), text = cell.textContent.trim();
    if (cell.tagName === "TH" && family) return family.textContent + " " + text;
    const number = /^([\d,]*\.?\d+)( papers?)?$/.exec(text);
    return number ? Number(number[1].replace(/,/g, "")) : text;
  };
  const compare = (first, second) => {
    if (first === "" || second === "") return (first === "") - (second === ""); /* what is empty comes last */
    return typeof first === "number" && typeof second === "number" ? first - second
      : order.compare(String(first), String(second));
  };
  const sort = (heading) => {
    const down = heading.getAttribute("aria-sort") === "ascending";
    const body = heading.closest("table").tBodies[0], at = heading.cellIndex;
    const keyed = Array.from(body.rows, (row) => [keyOf(row.cells[at]), row]);
    keyed.sort((first, second) => {
      const turned = down && first[0] !== "" && second[0] !== "" ? -1 : 1;
      return turned * compare(first[0], second[0]);
    });
    const sorted = document.createDocumentFragment();
    for (const [, row] of keyed) sorted.append(row);
    body.append(sorted);
    for (const other of heading.parentNode.cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    say("Sorted by " + heading.firstChild.firstChild.textContent.trim() + (down ? ", downwards." : ", upwards."));
  };
  for (const heading of document.querySelectorAll(".sort thead th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    const mark = document.createElement("span"); /* the arrow stands beside the first word, over a longer title */
    mark.className = "mark";
    button.firstChild.after(mark);
    button.addEventListener("click", () => sort(heading));
    heading.append(button);
  }

  /* -- filtering: all lists at once -------------------------------------------------------------------------- */

  let lists = null; /* read when they are first needed: a large page opens at once */
  const read = () => {
    const hosts = host ? Array.from(host.options, (option) => (option.value ? " " + option.text : "")) : [];
    const entry = (row, papers) => {
      const number = row.dataset.h;
      return {
        row, number, papers, state: row.className, there: true,
        text: bare(row.textContent + (hosts[number] || "")),
      };
    };
    return Array.from(document.querySelectorAll(".papers, .units, .ladder"), (table) => ({
      table, papers: table.classList.contains("papers"), stays: table.classList.contains("units"),
      box: table.closest(".form, .course"), fold: table.closest("details"), was: null,
      rows: Array.from(table.tBodies[0].rows, (row) => entry(row, table.classList.contains("papers"))),
    }));
  };
  /* A folded list with a few hits opens; one with many says how many, so that they do not bury the page (nor take its
     time). What the reader folded or unfolded herself is as she left it when nothing is looked for any more. */
  const FEW = 40;
  const unfoldFew = (list, set, hits) => {
    if (set && list.was === null) list.was = list.fold.open;
    const open = !set ? list.was : list.was || (hits > 0 && hits <= FEW);
    if (list.was !== null && list.fold.open !== open) list.fold.open = open;
    if (!set) list.was = null;
    const summary = list.fold.firstElementChild;
    list.words = list.words || summary.textContent;
    summary.textContent = set ? list.words + ": " + hits.toLocaleString("en") + " of them found" : list.words;
  };
  const sift = () => {
    const words = bare(find.value).split(/\s+/).filter(Boolean);
    const where = host ? host.value : "", which = state ? state.value : "";
    const set = Boolean(words.length || where || which);
    if (!set && !lists) return;
    lists = lists || read();
    const papers = [0, 0], stays = [0, 0], boxes = new Map();
    for (const list of lists) {
      let hits = 0;
      for (const it of list.rows) {
        const hit = (!where || it.number === where) && (!which || !it.papers || it.state === which)
          && words.every((word) => it.text.includes(word));
        if (hit) hits += 1;
        if (hit !== it.there) { it.row.hidden = !hit; it.there = hit; }
      }
      const count = list.papers ? papers : list.stays ? stays : [0, 0];
      count[0] += hits;
      count[1] += list.rows.length;
      boxes.set(list.box, (boxes.get(list.box) || 0) + hits);
      if (list.table.tFoot) list.table.tFoot.hidden = set; /* its sums are those of all */
      if (list.fold) unfoldFew(list, set, hits);
    }
    for (const [box, hits] of boxes) box.hidden = set && !hits;
    all.hidden = !set;
    const told = [[papers, "papers"], [stays, "stays"]].filter(([count]) => count[1])
      .map(([count, noun]) => count[0].toLocaleString("en") + " of " + count[1].toLocaleString("en") + " " + noun);
    const by = [words.length ? "“" + find.value.trim() + "”" : "", where ? host.selectedOptions[0].text : "",
      which ? "papers " + state.selectedOptions[0].text : ""].filter(Boolean);
    shown.textContent = set ? "Shown: " + told.join(" and ") + " (" + by.join(", ") + ")." : "";
  };
  if (find) {
    one("sift").hidden = false;
    document.documentElement.classList.add("sifts");
    let asked = 0;
    const soon = () => { cancelAnimationFrame(asked); asked = requestAnimationFrame(sift); };
    const clear = () => {
      find.value = "";
      if (host) host.value = "";
      if (state) state.value = "";
      sift();
      find.focus();
    };
    for (const control of [find, host, state]) if (control) control.addEventListener("input", soon);
    find.addEventListener("focus", () => { lists = lists || read(); });
    find.addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });
    all.addEventListener("click", clear);
    if (find.value || (host && host.value) || (state && state.value)) sift(); /* the browser remembers them */
  }

  /* -- what a link leads to is shown, also where it is folded ------------------------------------------------ */

  const unfold = () => {
    const target = one(decodeURIComponent(location.hash.slice(1)));
    let fold = target && target.closest("details:not([open])");
    if (!fold) return;
    for (; fold; fold = fold.parentNode.closest("details")) fold.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();

  /* -- copying: by the clipboard, else by selecting ----------------------------------------------------------- */

  const select = (text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };
  const copy = async (button) => {
    const text = button.closest("p").previousElementSibling;
    let done = false;
    try {
      await navigator.clipboard.writeText(text.textContent);
      done = true;
    } catch (refused) {
      select(text);
      try { done = document.execCommand("copy"); } catch (refusedToo) { done = false; }
    }
    const words = button.firstChild, before = words.data;
    if (!done) { say("The text is selected: copy it with Ctrl and C."); }
    words.data = done ? "Copied" : "Selected: press Ctrl+C";
    if (done) say("Copied.");
    setTimeout(() => { words.data = before; }, 2500);
  };
  for (const button of document.querySelectorAll(".copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
})();
