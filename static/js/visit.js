/* A visit on site: answers by a tap, counted on the page; without network they wait on the device with their time and
   go up by themselves; signatures are drawn. Without this file every button is a form's, and a name is typed. */
(function () {
  "use strict";

  function two(n) { return String(n).padStart(2, "0"); }

  function localTime() {
    var t = new Date(), offset = -t.getTimezoneOffset(), far = Math.abs(offset);
    return t.getFullYear() + "-" + two(t.getMonth() + 1) + "-" + two(t.getDate()) + "T" + two(t.getHours()) + ":" + two(t.getMinutes()) + ":" + two(t.getSeconds())
      + (offset < 0 ? "-" : "+") + two(Math.floor(far / 60)) + ":" + two(far % 60);
  }

  /* ── the sheet ── */
  var sheet = document.getElementById("sheet"), bar = document.querySelector("[data-sheet-bar]");
  var key = ["answers", document.body.dataset.person || "", location.pathname].join(":");

  function read() {
    try { return JSON.parse(localStorage.getItem(key)) || {}; } catch (error) { return {}; }
  }

  function write(waiting) {
    try {
      if (Object.keys(waiting).length) localStorage.setItem(key, JSON.stringify(waiting));
      else localStorage.removeItem(key);
    } catch (error) { /* storage is off: what cannot be kept is still pressed on the page */ }
  }

  function recount() {
    var answered = 0, lacking = 0;
    sheet.querySelectorAll("details").forEach(function (section) {
      var done = section.querySelectorAll('.sw-item:not([data-result=""])').length;
      section.querySelector("[data-done]").textContent = done;
      lacking += section.querySelectorAll(".sw-item[data-lacks]").length;
      answered += done;
    });
    bar.querySelector("progress").value = answered;
    bar.querySelector("[data-answered]").textContent = answered;
    bar.querySelector("[data-lacking]").textContent = lacking;
    bar.querySelector("[data-lacking-line]").hidden = !lacking;
  }

  function press(item, result, waits) {
    var row = document.getElementById("item-" + item);
    if (!row) return;
    row.dataset.result = result;
    row.querySelectorAll(".sw-answers button").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.value === item + ":" + result));
    });
    if (!waits) return;
    row.dataset.waiting = "";
    if (!row.querySelector("[data-waits]")) {
      var line = document.createElement("p");
      line.className = "sw-sync is-wait";
      line.dataset.waits = "";
      line.setAttribute("role", "status");
      line.textContent = sheet.dataset.waits;
      row.appendChild(line);
    }
  }

  function keep(answer, time) {
    var parts = answer.split(":"), waiting = read();
    waiting[parts[0]] = { answer: answer, time: time };
    write(waiting);
    press(parts[0], parts[1], true);
    recount();
  }

  function send(item, waiting) {
    var said = new FormData(sheet);
    said.set("answer", waiting.answer);
    said.set("device_time", waiting.time);
    return fetch(location.pathname, { method: "POST", body: said, credentials: "same-origin", headers: { "HX-Request": "true" } }).then(function (answer) {
      /* Refused or not, the server has spoken; only a silent network keeps it waiting. */
      if (answer.status >= 500) throw new Error(answer.status);
      return answer.redirected || !answer.ok ? "" : answer.text();
    }).then(function (html) {
      var left = read(), row = document.getElementById("item-" + item);
      if (left[item] && left[item].time === waiting.time) delete left[item];
      write(left);
      if (!html) return location.reload();
      if (row) row.outerHTML = html;
      recount();
    });
  }

  function flush() {
    var waiting = read(), first = Object.keys(waiting)[0];
    if (!first || !navigator.onLine) return;
    send(first, waiting[first]).then(flush, function () { setTimeout(flush, 20000); });
  }

  function atSheet() {
    sheet.addEventListener("htmx:configRequest", function (event) {
      event.detail.parameters.device_time = localTime();
      sheet.dataset.last = event.detail.parameters.answer + "|" + event.detail.parameters.device_time;
    });
    function keepLast() {
      var said = (sheet.dataset.last || "").split("|");
      if (said[0]) keep(said[0], said[1]);
    }
    sheet.addEventListener("htmx:beforeRequest", function (event) {
      if (navigator.onLine) return;
      event.preventDefault();
      keepLast();
    });
    sheet.addEventListener("htmx:sendError", keepLast);
    sheet.addEventListener("htmx:timeout", keepLast);
    document.addEventListener("htmx:afterSettle", recount);
    window.addEventListener("online", flush);
    bar.querySelector("[data-next]").addEventListener("click", function (event) {
      var next = sheet.querySelector('.sw-item[data-result=""], .sw-item[data-lacks]');
      if (!next) return;
      event.preventDefault();
      next.closest("details").open = true;
      next.scrollIntoView({ block: "center" });
      next.querySelector("button").focus({ preventScroll: true });
    });
    var waiting = read(), named = document.getElementById(location.hash.slice(1));
    Object.keys(waiting).forEach(function (item) { press(item, waiting[item].answer.split(":")[1], true); });
    if (named && named.closest("details")) {
      named.closest("details").open = true;
      named.scrollIntoView({ block: "center" });
    }
    recount();
    flush();
  }

  if (sheet && bar) atSheet();

  /* ── the facts: one tap if all of them hold ── */
  document.querySelectorAll("[data-tick-all]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      button.form.querySelectorAll("input[name^=holds_]").forEach(function (box) { box.checked = true; });
      button.form.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });

  /* ── signing ── */
  function drawn(form) {
    var canvas = form.querySelector("canvas"), clear = form.querySelector("[data-clear]"), pen = canvas.getContext("2d"), down = false, ink = false;
    canvas.hidden = clear.hidden = false;
    pen.lineWidth = 5;
    pen.lineCap = pen.lineJoin = "round";

    function at(event) {
      var box = canvas.getBoundingClientRect();
      return [(event.clientX - box.left) * canvas.width / box.width, (event.clientY - box.top) * canvas.height / box.height];
    }
    canvas.addEventListener("pointerdown", function (event) {
      down = true;
      canvas.setPointerCapture(event.pointerId);
      pen.beginPath();
      pen.moveTo.apply(pen, at(event));
      event.preventDefault();
    });
    canvas.addEventListener("pointermove", function (event) {
      if (!down) return;
      ink = true;
      pen.lineTo.apply(pen, at(event));
      pen.stroke();
    });
    ["pointerup", "pointercancel"].forEach(function (name) {
      canvas.addEventListener(name, function () { down = false; });
    });
    clear.addEventListener("click", function () {
      pen.clearRect(0, 0, canvas.width, canvas.height);
      ink = false;
    });
    form.addEventListener("submit", function (event) {
      var problem = form.querySelector("[role=alert]");
      form.elements.picture.value = ink ? canvas.toDataURL("image/png") : "";
      problem.hidden = ink;
      problem.textContent = ink ? "" : form.dataset.sign;
      // Where one can draw, a typed name alone is no signature.
      if (!ink) event.preventDefault();
    });
  }
  document.querySelectorAll("form[data-sign]").forEach(drawn);
})();
