/* Menus and dialogs. All of them are <details>, <dialog> and links, which work without this file; here they only
   get manners: one open at a time, Escape closes, and menu entries that do not fit move under "more". */
(function () {
  "use strict";

  function openMenus() {
    return document.querySelectorAll("details.sw-menu[open]");
  }

  document.addEventListener("click", function (event) {
    openMenus().forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
    if (event.target.closest("[data-print]")) window.print();
    var opener = event.target.closest("[data-dialog]");
    var dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog) {
      event.preventDefault();
      dialog.showModal();
    }
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    openMenus().forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  /* A dialog that arrived by htmx opens itself, and leaves the page when it is closed. */
  document.addEventListener("htmx:afterSettle", function () {
    document.querySelectorAll("dialog[data-open]:not([open])").forEach(function (dialog) {
      dialog.showModal();
      dialog.addEventListener("close", function () { dialog.remove(); });
    });
  });

  /* Move the last entries under "more" until the row fits. The current page stays in sight. */
  function fit(nav) {
    var row = nav.querySelector(".sw-nav"), more = nav.querySelector(".sw-more"), list = more.querySelector("ul");
    nav.swEntries = nav.swEntries || Array.from(row.children);
    row.append.apply(row, nav.swEntries);
    more.hidden = true;
    if (row.scrollWidth <= row.clientWidth) return;
    more.hidden = false;
    var entries = Array.prototype.filter.call(row.children, function (entry) {
      return !entry.querySelector("[aria-current]");
    });
    while (row.scrollWidth > row.clientWidth && entries.length) list.prepend(entries.pop());
  }

  function fitAll() {
    document.querySelectorAll("[data-overflow]").forEach(fit);
  }

  var waiting;
  window.addEventListener("resize", function () {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(fitAll);
  });
  fitAll();
  if (document.fonts) document.fonts.ready.then(fitAll);

  /* After a refused form, start at what is to be corrected. */
  var summary = document.querySelector("[data-summary]");
  if (summary) summary.focus();
})();
