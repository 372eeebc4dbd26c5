/* Search while typing, for selects that are too long to read: select[data-pick=URL] asks the server, select[data-pick]
   without an address searches its own options. The library is fetched only where a page has such a select. */
(function () {
  "use strict";

  var self = document.currentScript, library = self.dataset.library, words = self.dataset, loading;

  function load() {
    loading = loading || new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = library;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
    return loading;
  }

  function option(item, escape) {
    return "<div>" + escape(item.text) + (item.note ? "<small>" + escape(item.note) + "</small>" : "") + "</div>";
  }

  function settings(select) {
    var url = select.dataset.pick, made = {
      valueField: "id", labelField: "text", searchField: url ? [] : ["text"], maxOptions: 50, create: false, hideSelected: Boolean(url),
      allowEmptyOption: false, closeAfterSelect: !select.multiple, plugins: select.multiple ? ["remove_button"] : [],
      render: {
        option: option,
        no_results: function (data, escape) {
          var text = url && data.input.length < 2 ? words.typing : words.nothing;
          return '<div class="no-results">' + escape(text) + "</div>";
        },
        loading: function () { return '<div class="loading">…</div>'; }
      }
    };
    if (url) {
      made.loadThrottle = 250;
      made.shouldLoad = function (query) { return query.length >= 2; };
      made.score = function () { return function () { return 1; }; };
      made.load = function (query, answer) {
        var ask = new URL(url, location.href), it = this;
        ask.searchParams.set("q", query);
        fetch(ask, { credentials: "same-origin" }).then(function (r) {
          if (!r.ok) throw new Error(r.status);
          return r.json();
        }).then(function (found) {
          it.clearOptions();
          answer(found.results || found);
        }).catch(function () { answer(); });
      };
    }
    return made;
  }

  function enhance(select) {
    if (select.tomselect) return;
    Array.prototype.forEach.call(select.options, function (o) {
      if (o.value) o.dataset.data = JSON.stringify({ id: o.value, text: o.text });
    });
    var pick = new window.TomSelect(select, settings(select)), hint = select.getAttribute("aria-describedby");
    if (hint) pick.control_input.setAttribute("aria-describedby", hint);
    if (select.getAttribute("aria-invalid")) pick.control_input.setAttribute("aria-invalid", "true");
    /* A required select that the library hides could not be focused by the browser's own check. */
    select.required = false;
    select.setAttribute("aria-hidden", "true");
    select.addEventListener("draft:filled", function () { pick.sync(); });
  }

  function start() {
    var waiting = document.querySelectorAll("select[data-pick]:not(.tomselected)");
    if (!waiting.length) return;
    load().then(function () { waiting.forEach(enhance); }).catch(function () { /* the plain select stays */ });
  }

  document.addEventListener("htmx:afterSettle", start);
  start();
})();
