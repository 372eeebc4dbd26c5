/* Pages for the hand: a tapped place goes into the place field; no signal is said out loud and is not an error. */
(function () {
  "use strict";

  /* Known places are tapped; the field for another one opens when it is asked for, or holds one already. */
  document.querySelectorAll("[data-other]").forEach(function (link) {
    var field = document.getElementById(link.hash.slice(1)), form = field && field.form;
    if (!form) return;
    var known = Array.prototype.map.call(form.querySelectorAll("input[name=" + link.dataset.other + "_pick]"), function (pick) { return pick.value; });
    function fold() {
      field.hidden = !field.getAttribute("aria-invalid") && (!field.value || known.indexOf(field.value) >= 0);
    }
    link.addEventListener("click", function (event) {
      event.preventDefault();
      form.querySelectorAll("input[name=" + link.dataset.other + "_pick]").forEach(function (pick) { pick.checked = false; });
      if (known.indexOf(field.value) >= 0) field.value = "";
      field.hidden = false;
      field.focus();
    });
    form.addEventListener("change", function (event) { if (event.target.name === link.dataset.other + "_pick") fold(); });
    fold();
  });

  /* A draft may hold the place as text: the tapped one is marked again. */
  document.querySelectorAll(".sw-picks input[name$=_pick]").forEach(function (pick) {
    var field = pick.form && pick.form.elements[pick.name.replace(/_pick$/, "")];
    if (!field) return;
    pick.addEventListener("change", function () {
      field.value = pick.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    field.addEventListener("input", function () { pick.checked = field.value === pick.value; });
    pick.checked = field.value === pick.value;
  });

  /* Speaking instead of typing, where the browser can listen. */
  var Listener = window.SpeechRecognition || window.webkitSpeechRecognition;
  document.querySelectorAll(Listener ? "[data-dictate]" : "no-listener").forEach(function (button) {
    var field = document.getElementById(button.dataset.dictate), hint = document.querySelector("[data-dictation]"), listening = null;
    button.hidden = false;
    if (hint) hint.hidden = false;
    button.addEventListener("click", function () {
      if (listening) return listening.stop();
      listening = new Listener();
      listening.lang = document.documentElement.lang.indexOf("en") === 0 ? "en-US" : "zh-CN";
      listening.onresult = function (event) {
        field.value += event.results[event.results.length - 1][0].transcript;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      };
      listening.onerror = function (event) {
        if (hint && event.error !== "aborted") hint.textContent = hint.dataset.failed;
      };
      listening.onend = function () {
        listening = null;
        button.setAttribute("aria-pressed", "false");
      };
      button.setAttribute("aria-pressed", "true");
      listening.start();
    });
  });

  var bar = document.querySelector("[data-network]");
  function network() {
    if (bar) bar.hidden = navigator.onLine;
  }
  window.addEventListener("online", network);
  window.addEventListener("offline", network);
  network();

  /* Without signal a sent form would end in the browser's own error page, and the words would look lost. */
  document.addEventListener("submit", function (event) {
    if (navigator.onLine || !event.target.dataset.draft) return;
    event.preventDefault();
    if (bar) {
      bar.hidden = false;
      bar.scrollIntoView();
    }
  }, true);
})();
