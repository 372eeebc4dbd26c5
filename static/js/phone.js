/* Pages for the hand: a tapped place goes into the place field; no signal is said out loud and is not an error. */
(function () {
  "use strict";

  document.querySelectorAll(".sw-picks input[name$=_pick]").forEach(function (pick) {
    var field = pick.form && pick.form.elements[pick.name.replace(/_pick$/, "")];
    if (!field) return;
    pick.addEventListener("change", function () {
      field.value = pick.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    field.addEventListener("input", function () { pick.checked = field.value === pick.value; });
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
