/* Forms that keep what was written: on this device (data-draft), on the server (data-autosave=URL).
   Also: where and when the form was filled in, and a look at similar records while typing (data-similar=URL).
   The words shown are attributes of components/draft_line.html, so that they are translated. */
(function () {
  "use strict";

  var SKIPPED = /^(csrfmiddlewaretoken|version|key|device_time|latitude|longitude|accuracy)$/;
  var KEEP_DAYS = 14;

  /* The time of today; of another day the day as well, in the words of the page's language. */
  function clock(at) {
    var then = new Date(at), today = then.toDateString() === new Date().toDateString(), shown = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    if (today) shown.second = "2-digit";
    else { shown.month = "long"; shown.day = "numeric"; }
    return then.toLocaleString(document.documentElement.lang || "zh-CN", shown);
  }

  function say(form, word, at, failed) {
    var line = (form.id && document.querySelector('[data-saved][data-for="' + form.id + '"]')) || form.querySelector("[data-saved]")
      || document.querySelector(".sw-dock [data-saved]");
    if (!line) return;
    line.hidden = false;
    line.classList.toggle("is-failed", Boolean(failed));
    line.querySelector("[data-words]").textContent = line.dataset[word].replace("{time}", clock(at));
    line.querySelector("[data-drop]").hidden = word !== "restored";
  }

  /* ── drafts on this device ── */
  /* A form in a dialog stands on another page than the one it is sent to; the draft is the same in both places. */
  function keyOf(form) {
    var path = new URL(form.getAttribute("hx-post") || form.getAttribute("action") || "", location.href).pathname;
    return ["draft", document.body.dataset.person || "", form.dataset.draft, path].join(":");
  }

  function written(form) {
    var fields = {};
    Array.prototype.forEach.call(form.elements, function (field) {
      /* The numbers of photos that the server already has. */
      if (field.type === "hidden" && /_kept$/.test(field.name)) return void (fields[field.name] = fields[field.name] || []).push(field.value);
      if (!field.name || field.autocomplete === "off" || SKIPPED.test(field.name) || /^(file|password|submit|button|hidden)$/.test(field.type)) return;
      if (field.type === "checkbox" || field.type === "radio") {
        fields[field.name] = fields[field.name] || [];
        if (field.checked) fields[field.name].push(field.value);
      } else if (field.multiple) {
        fields[field.name] = Array.prototype.map.call(field.selectedOptions, function (o) { return [o.value, o.text]; });
      } else if (field.tagName === "SELECT") {
        fields[field.name] = field.value ? [[field.value, field.selectedOptions[0].text]] : [];
      } else {
        fields[field.name] = field.value;
      }
    });
    return fields;
  }

  function fillSelect(field, chosen) {
    chosen.forEach(function (pair) {
      var option = Array.prototype.find.call(field.options, function (o) { return o.value === pair[0]; });
      if (!option) field.add(option = new Option(pair[1], pair[0]));
      option.selected = true;
    });
    field.dispatchEvent(new CustomEvent("draft:filled"));
  }

  function fill(form, fields) {
    Array.prototype.forEach.call(form.elements, function (field) {
      var value = fields[field.name];
      if (value === undefined || SKIPPED.test(field.name) || field.type === "file" || field.type === "hidden") return;
      if (field.type === "checkbox" || field.type === "radio") field.checked = value.indexOf(field.value) >= 0;
      else if (field.tagName === "SELECT") fillSelect(field, value);
      else field.value = value;
    });
  }

  function read(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch (error) { return null; }
  }

  function write(key, draft) {
    try { localStorage.setItem(key, JSON.stringify(draft)); return true; } catch (error) { return false; }
  }

  function keepDraft(form) {
    var key = keyOf(form), draft = read(key), timer;
    /* A form that came back with errors holds what was sent, which is newer than the draft. */
    var refused = form.querySelector("[data-summary]");
    form.draftKey = key;
    if (draft && !refused) {
      form.keptDraft = draft.fields;
      fill(form, draft.fields);
      say(form, "restored", draft.at);
    } else if (draft) say(form, "here", draft.at);
    function keep() {
      timer = clearTimeout(timer);
      var at = Date.now();
      if (write(key, { at: at, fields: written(form) })) say(form, "here", at);
    }
    form.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(keep, 600);
    });
    form.addEventListener("photos:changed", keep);
    window.addEventListener("pagehide", function () { if (timer) keep(); });
    form.addEventListener("submit", function (event) {
      timer = clearTimeout(timer);
      write(key, { at: Date.now(), sent: !event.defaultPrevented, path: location.pathname, fields: written(form) });
    });
    document.addEventListener("click", function (event) {
      if (!event.target.closest("[data-drop]")) return;
      localStorage.removeItem(key);
      location.reload();
    });
  }

  /* A draft goes once the server has taken it: this page was reached from the form, and is not the form refused.
     After a lost connection neither holds, and the words are still there. */
  function tidy() {
    var from = document.referrer && new URL(document.referrer), refused = document.querySelector("form[data-draft] [data-summary]");
    Object.keys(localStorage).forEach(function (key) {
      if (key.indexOf("draft:") !== 0) return;
      var draft = read(key), old = !draft || Date.now() - draft.at > KEEP_DAYS * 864e5;
      var accepted = draft && draft.sent && !refused && from && from.origin === location.origin && from.pathname === draft.path;
      if (old || accepted) localStorage.removeItem(key);
    });
  }

  /* ── drafts on the server ── */
  function autosave(form) {
    var timer, last = "";
    form.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(function () {
        var data = new FormData(form), now;
        Array.from(data.keys()).forEach(function (name) { if (data.get(name) instanceof File) data.delete(name); });
        now = new URLSearchParams(data).toString();
        if (now === last) return;
        fetch(form.dataset.autosave, { method: "POST", body: data, credentials: "same-origin" }).then(function (answer) {
          if (!answer.ok) throw new Error(answer.status);
          last = now;
          say(form, "there", Date.now());
        }).catch(function () {
          write(keyOf(form), { at: Date.now(), fields: written(form) });
          say(form, "failed", Date.now(), true);
        });
      }, 1500);
    });
  }

  /* ── where and when ── */
  function two(n) { return String(n).padStart(2, "0"); }

  function localTime() {
    var t = new Date(), offset = -t.getTimezoneOffset();
    return t.getFullYear() + "-" + two(t.getMonth() + 1) + "-" + two(t.getDate()) + "T" + two(t.getHours()) + ":" + two(t.getMinutes()) + ":" + two(t.getSeconds())
      + (offset < 0 ? "-" : "+") + two(Math.floor(Math.abs(offset) / 60)) + ":" + two(Math.abs(offset) % 60);
  }

  function stamp(form) {
    var time = form.elements.device_time, latitude = form.elements.latitude, longitude = form.elements.longitude;
    if (time) form.addEventListener("submit", function () { time.value = localTime(); });
    /* Asked only where the form is made for the hand: at the desk the place of the desk means nothing. */
    if (!latitude || !longitude || !navigator.geolocation || !document.querySelector(".sw-phone")) return;
    navigator.geolocation.getCurrentPosition(function (place) {
      latitude.value = place.coords.latitude.toFixed(6);
      longitude.value = place.coords.longitude.toFixed(6);
      if (form.elements.accuracy) form.elements.accuracy.value = Math.round(place.coords.accuracy);
    }, function () { /* refused or unknown: the form says so by leaving them empty */ }, { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 });
  }

  /* ── similar records while typing ── */
  function watchSimilar(field) {
    var timer, place = document.getElementById(field.dataset.into || "similar");
    if (!place) return;
    field.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(function () {
        var asked = new URLSearchParams(new FormData(field.form));
        asked.delete("csrfmiddlewaretoken");
        field.form.querySelectorAll("[autocomplete=off]").forEach(function (secret) { asked.delete(secret.name); });
        fetch(field.dataset.similar + "?" + asked, { credentials: "same-origin", headers: { "HX-Request": "true" } })
          .then(function (answer) { return answer.ok ? answer.text() : ""; })
          .then(function (html) { place.innerHTML = html; })
          .catch(function () { /* no network: the server checks again when the form is sent */ });
      }, 500);
    });
  }

  try { tidy(); } catch (error) { /* storage is off: forms work, nothing is kept */ }

  /* What htmx brings, a dialog for instance, is a form like any other; each is taken care of once. */
  function once(selector, care) {
    document.querySelectorAll(selector).forEach(function (element) {
      var cared = element.caredFor = element.caredFor || [];
      if (cared.indexOf(care) >= 0) return;
      cared.push(care);
      care(element);
    });
  }

  function start() {
    once("form[data-draft]", keepDraft);
    once("form[data-autosave]", autosave);
    once("form", stamp);
    once("[data-similar]", watchSimilar);
  }

  start();
  document.addEventListener("htmx:afterSettle", start);

  /* One press, one act. The button comes back if the browser does. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || (form.method || "get").toLowerCase() !== "post") return;
    if (form.dataset.sending) return event.preventDefault();
    form.dataset.sending = "1";
    setTimeout(function () { delete form.dataset.sending; }, 8000);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sending]").forEach(function (form) { delete form.dataset.sending; });
  });
})();
