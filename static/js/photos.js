/* Photos of a form: shown at once, taken back one by one, made smaller on the device, because a village has two bars of
   signal, and sent ahead while the form is still being filled in. The EXIF block (when and where it was taken) travels
   with the smaller picture. Without network they wait on the device and go out when it is back. */
(function () {
  "use strict";

  var EDGE = 2048, QUALITY = 0.85, SMALL_ENOUGH = 900 * 1024;

  /* The Exif segment of a JPEG, its orientation set to "upright", because the canvas has turned the picture. */
  function exifOf(buffer) {
    var view = new DataView(buffer), at = 2;
    if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
    while (at + 4 < view.byteLength && view.getUint8(at) === 0xff) {
      var mark = view.getUint16(at), size = view.getUint16(at + 2);
      if (mark === 0xffda) return null;
      if (mark === 0xffe1 && view.getUint32(at + 4) === 0x45786966) return upright(buffer.slice(at, at + 2 + size));
      at += 2 + size;
    }
    return null;
  }

  function upright(segment) {
    var view = new DataView(segment), start = 10, little, first, count;
    try {
      little = view.getUint16(start) === 0x4949;
      first = start + view.getUint32(start + 4, little);
      count = view.getUint16(first, little);
      for (var i = 0; i < count; i += 1) {
        var entry = first + 2 + i * 12;
        if (view.getUint16(entry, little) === 0x0112) view.setUint16(entry + 8, 1, little);
      }
    } catch (error) { return null; }
    return segment;
  }

  function canvasOf(bitmap) {
    var scale = Math.min(1, EDGE / Math.max(bitmap.width, bitmap.height)), canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return canvas;
  }

  function smaller(file) {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= SMALL_ENOUGH || !window.createImageBitmap) return Promise.resolve(file);
    return Promise.all([file.arrayBuffer(), createImageBitmap(file)]).then(function (both) {
      var exif = exifOf(both[0]);
      return new Promise(function (done) { canvasOf(both[1]).toBlob(done, "image/jpeg", QUALITY); }).then(function (blob) {
        if (!blob || blob.size >= file.size) return file;
        var pieces = exif ? [blob.slice(0, 2), exif, blob.slice(2)] : [blob];
        return new File(pieces, file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg", lastModified: file.lastModified });
      });
    }).catch(function () { return file; });
  }

  /* ── photos that could not be sent yet wait on this device, in IndexedDB, until they can ── */
  var KEEP_DAYS = 14, PATIENCE = 20000, opening;

  function store(mode, act) {
    if (!window.indexedDB) return Promise.reject(new Error("no storage"));
    opening = opening || new Promise(function (done, failed) {
      var asked = indexedDB.open("photos", 1);
      asked.onupgradeneeded = function () { asked.result.createObjectStore("waiting", { keyPath: "key", autoIncrement: true }); };
      asked.onsuccess = function () { done(asked.result); };
      asked.onerror = function () { failed(asked.error); };
    });
    return opening.then(function (base) {
      return new Promise(function (done, failed) {
        var work = base.transaction("waiting", mode), asked = act(work.objectStore("waiting"));
        work.oncomplete = function () { done(asked.result); };
        work.onabort = work.onerror = function () { failed(work.error); };
      });
    });
  }

  function nothing() { /* storage is off or full: the file still goes with the form itself */ }

  function remember(item) {
    var row = { draft: item.draft, field: item.field, file: item.file, at: item.at };
    return store("readwrite", function (rows) { return rows.add(row); }).then(function (key) { item.key = key; }).catch(nothing);
  }

  function forget(key) {
    if (key) store("readwrite", function (rows) { return rows.delete(key); }).catch(nothing);
  }

  /* What waits for this field. What no draft speaks of any more goes, and so does what the server has with a refused form. */
  function waiting(draft, field, refused) {
    return store("readonly", function (rows) { return rows.getAll(); }).then(function (all) {
      return all.filter(function (row) {
        var mine = row.draft === draft && row.field === field;
        var stale = !localStorage.getItem(row.draft) || Date.now() - row.at > KEEP_DAYS * 864e5 || (mine && refused);
        if (stale) forget(row.key);
        return mine && !stale;
      });
    }).catch(function () { return []; });
  }

  /* ── sending one file ahead of its form ── */
  function send(item, root, told) {
    var data = new FormData(), request = new XMLHttpRequest();
    data.append("file", item.file, item.file.name);
    data.append("purpose", root.dataset.purpose);
    data.append("device_time", new Date(item.at).toISOString());
    data.append("csrfmiddlewaretoken", item.form.elements.csrfmiddlewaretoken.value);
    request.open("POST", root.dataset.ahead);
    request.timeout = 120000;
    request.upload.onprogress = function (event) { if (event.lengthComputable) told("sending", event.loaded / event.total); };
    request.onload = function () {
      var answer = null;
      try { answer = JSON.parse(request.responseText); } catch (error) { /* signed out, or a proxy's own page */ }
      if (request.status === 201 && answer) told("kept", answer.files[0]);
      else if (request.status === 422 && answer) told("refused", answer.errors.join(" "));
      else told("waiting");
    };
    request.onerror = request.ontimeout = request.onabort = function () { told("waiting"); };
    told("sending", 0);
    item.request = request;
    request.send(data);
  }

  /* ── one photo on the page ── */
  function element(tag, name, text) {
    var made = document.createElement(tag);
    made.className = name || "";
    if (text) made.textContent = text;
    return made;
  }

  function draw(item, root, take) {
    var shot = element("div", "sw-shot"), drop = element("button");
    if (item.picture) {
      var image = new Image();
      image.src = item.picture;
      image.alt = item.name;
      shot.append(image);
    } else shot.append(element("span", "sw-shot-name", item.name));
    drop.type = "button";
    drop.addEventListener("click", take);
    item.bar = element("progress");
    item.bar.hidden = true;
    item.says = element("span", "sw-shot-says");
    item.says.setAttribute("role", "status");
    item.again = element("button", "sw-shot-again", root.dataset.retry);
    item.again.type = "button";
    item.again.hidden = true;
    shot.append(item.bar, item.says, item.again, drop);
    root.insertBefore(shot, root.querySelector(".sw-shot-add"));
    item.shot = shot;
    item.drop = drop;
  }

  function picker(root) {
    var input = root.querySelector("input[type=file]"), form = input && input.form, name = root.dataset.photos, items = [];
    if (!form || typeof DataTransfer === "undefined") return;
    var refused = form.querySelector("[data-summary]"), words = root.querySelector("[data-more]");

    /* The form itself carries what has not been sent ahead, and the numbers of what has. */
    function settle(quiet) {
      var left = new DataTransfer();
      items.forEach(function (item, i) {
        if (item.file && !item.id && !item.bad) left.items.add(item.file);
        item.drop.setAttribute("aria-label", root.dataset.remove.replace("{n}", i + 1));
        var image = item.shot.querySelector("img");
        if (image) image.alt = root.dataset.alt.replace("{n}", i + 1);
      });
      input.files = left.files;
      words.textContent = words.dataset[items.length ? "more" : "first"];
      if (quiet !== "quiet") form.dispatchEvent(new CustomEvent("photos:changed"));
    }

    function took(item) {
      items.splice(items.indexOf(item), 1);
      item.shot.remove();
      forget(item.key);
      settle();
      input.focus();
    }

    function told(item, state, what) {
      item.bar.hidden = state !== "sending";
      if (state === "sending") item.bar.value = what;
      item.says.textContent = state === "sending" ? root.dataset.sending : state === "waiting" ? root.dataset.waiting : state === "refused" ? what : "";
      item.again.hidden = state !== "waiting";
      item.sending = state === "sending";
      if (state === "sending" || items.indexOf(item) < 0) return;
      if (state === "waiting") return void setTimeout(function () { ahead(item); }, item.pause = Math.min((item.pause || 2000) * 2, 60000));
      forget(item.key);
      item.bad = state === "refused";
      if (state === "kept") hold(item, what.id);
      settle();
    }

    /* A form sent while a photo is on its way waits for it, so that a weak line does not carry it twice. */
    var pressed = null;
    form.addEventListener("submit", function (event) {
      if (!pressed && !items.some(function (item) { return item.sending; })) return;
      event.preventDefault();
      if (pressed) return;
      pressed = { button: event.submitter, until: Date.now() + PATIENCE };
      setTimeout(onward, 100);
    }, true);

    function onward() {
      var button = pressed.button;
      if (Date.now() < pressed.until && items.some(function (item) { return item.sending; })) return void setTimeout(onward, 100);
      /* What takes too long goes with the form itself. */
      items.forEach(function (item) { if (item.sending) item.request.abort(); });
      pressed = null;
      form.requestSubmit(button);
    }

    function hold(item, id) {
      var number = element("input");
      number.type = "hidden";
      number.name = name + "_kept";
      number.value = item.id = id;
      item.shot.append(number);
    }

    function ahead(item) {
      if (item.sending || item.id || item.bad || items.indexOf(item) < 0) return;
      if (!navigator.onLine) return told(item, "waiting");
      send(item, root, told.bind(null, item));
    }

    function add(item) {
      item.form = form;
      item.field = name;
      item.draft = form.draftKey;
      items.push(item);
      draw(item, root, took.bind(null, item));
      item.again.addEventListener("click", function () { ahead(item); });
      if (item.id) hold(item, item.id);
      return item;
    }

    function fresh(file) {
      var picture = /^image\//.test(file.type) && URL.createObjectURL(file), item = add({ file: file, at: Date.now(), name: file.name, picture: picture });
      settle();
      return smaller(file).then(function (small) {
        item.file = small;
        settle();
        return item.draft ? remember(item) : null;
      }).then(function () { ahead(item); });
    }

    function old(row) {
      add({ file: row.file, at: row.at, key: row.key, name: row.file.name, picture: /^image\//.test(row.file.type) && URL.createObjectURL(row.file) });
    }

    /* Photos sent ahead by a draft are shown again if they still wait on the server. */
    function restore(ids) {
      if (!ids || !ids.length) return Promise.resolve();
      return fetch(root.dataset.ahead, { credentials: "same-origin" }).then(function (answer) { return answer.json(); }).then(function (answer) {
        answer.files.forEach(function (file) {
          if (ids.indexOf(String(file.id)) >= 0) add({ id: file.id, name: file.name, picture: file.thumbnail });
        });
      }).catch(function () { ids.forEach(function (id) { add({ id: id, name: "" }); }); });
    }

    /* What came with a refused form: the box to leave it out becomes the button of the other photos. */
    root.querySelectorAll("[data-kept]").forEach(function (shot) {
      var image = shot.querySelector("img"), number = shot.querySelector("input[type=hidden]");
      add({ id: number.value, name: shot.textContent.trim(), picture: image && image.src });
      shot.remove();
    });
    if (items.length) settle();
    input.addEventListener("change", function () { Array.prototype.slice.call(input.files).forEach(fresh); });
    window.addEventListener("online", function () { items.forEach(ahead); });
    if (!form.draftKey) return;
    Promise.all([waiting(form.draftKey, name, refused), refused ? null : restore((form.keptDraft || {})[name + "_kept"])]).then(function (both) {
      both[0].forEach(old);
      /* The line still says that it is the draft one goes on from. */
      if (items.length) settle(refused ? "" : "quiet");
      items.forEach(ahead);
    });
  }

  /* Those of the page, and those that htmx brings later, each once. */
  function start() {
    document.querySelectorAll("[data-photos]").forEach(function (root) {
      if (root.dataset.ready) return;
      root.dataset.ready = "yes";
      picker(root);
    });
  }

  start();
  document.addEventListener("htmx:afterSettle", start);
})();
