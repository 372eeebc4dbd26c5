/* Photos of a form: shown before they are sent, taken back one by one, and made smaller on the device, because a
   village has two bars of signal. The EXIF block (when and where it was taken) travels with the smaller picture. */
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

  function picker(root) {
    var input = root.querySelector("input[type=file]"), shots = root.querySelector(".sw-shots") || root, add = root.querySelector(".sw-shot-add");
    var kept = [];
    if (!input || typeof DataTransfer === "undefined") return;

    function store() {
      var all = new DataTransfer();
      kept.forEach(function (file) { all.items.add(file); });
      input.files = all.files;
      input.dispatchEvent(new CustomEvent("photos:changed", { bubbles: true }));
    }

    function word(name, n, fallback) {
      return (root.dataset[name] || fallback).replace("{n}", n);
    }

    function show() {
      shots.querySelectorAll(".sw-shot").forEach(function (shot) {
        URL.revokeObjectURL(shot.querySelector("img").src);
        shot.remove();
      });
      kept.forEach(function (file, i) {
        var shot = document.createElement("div"), image = new Image(), drop = document.createElement("button");
        shot.className = "sw-shot";
        image.src = URL.createObjectURL(file);
        image.alt = word("alt", i + 1, "{n}");
        drop.type = "button";
        drop.setAttribute("aria-label", word("remove", i + 1, "× {n}"));
        drop.addEventListener("click", function () {
          kept.splice(kept.indexOf(file), 1);
          store();
          show();
          input.focus();
        });
        shot.append(image, drop);
        shots.insertBefore(shot, add);
      });
    }

    input.addEventListener("change", function () {
      Promise.all(Array.prototype.map.call(input.files, smaller)).then(function (files) {
        kept = input.multiple ? kept.concat(files) : files.slice(0, 1);
        store();
        show();
      });
    });
  }

  document.querySelectorAll("[data-photos]").forEach(picker);
})();
