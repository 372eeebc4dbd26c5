/* Picking rows of a list: form[data-bulk] holds the bar ([data-bulk-bar], with [data-bulk-count]) and the table; the box
   [data-bulk-page] in the head picks the page, a box name=all picks everything that matches.
   Without scripts every row has its own box and the bar is always there. */
(function () {
  "use strict";

  function boxes(form) {
    return form.querySelectorAll("tbody .sw-check input[type=checkbox]");
  }

  function show(form) {
    var picked = 0, rows = boxes(form), page = form.querySelector("[data-bulk-page]"), all = form.elements.all, bar = form.querySelector("[data-bulk-bar]");
    rows.forEach(function (box) {
      box.closest("tr").classList.toggle("is-picked", box.checked);
      if (box.checked) picked += 1;
    });
    if (page) {
      page.checked = picked > 0 && picked === rows.length;
      page.indeterminate = picked > 0 && picked < rows.length;
    }
    form.querySelectorAll("[data-bulk-count]").forEach(function (place) { place.textContent = picked.toLocaleString(); });
    if (bar) bar.hidden = picked === 0 && !(all && all.checked);
  }

  function pick(form, checked) {
    boxes(form).forEach(function (box) { box.checked = checked; });
    if (form.elements.all && !checked) form.elements.all.checked = false;
    show(form);
  }

  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (!form) return;
    if (event.target.matches("[data-submit]")) form.requestSubmit();
    else if (event.target.matches("[data-bulk-page]")) pick(form, event.target.checked);
    else if (form.matches("[data-bulk]")) show(form);
  });

  document.addEventListener("click", function (event) {
    var none = event.target.closest("button[data-bulk-none]");
    if (none) pick(none.form, false);
  });

  function start() {
    document.querySelectorAll("form[data-bulk]").forEach(show);
  }

  document.addEventListener("htmx:afterSettle", start);
  window.addEventListener("pageshow", start);
})();
