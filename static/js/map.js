// The map of enterprises: asks for what lies in the frame, and draws it. Without scripts the numbers beside it remain.
(function () {
  "use strict";
  const place = document.getElementById("map");
  if (!place || !window.L) return;
  const said = place.dataset;
  const inView = document.getElementById("in-view");
  const [west, south, east, north] = said.box.split(",").map(Number);
  const map = L.map(place, { minZoom: 4, maxZoom: 18, attributionControl: Boolean(said.attribution) });
  const drawn = L.layerGroup().addTo(map);
  const ENDED = ["closed", "deregistered", "revoked", "relocated"];
  let asked = null;

  if (said.tiles) L.tileLayer(said.tiles, { attribution: said.attribution, maxZoom: 18 }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  map.fitBounds([[south, west], [north, east]]);

  function withQuery(address, more) {
    return address + (address.includes("?") ? "&" : "?") + more;
  }

  function frame() {
    const box = map.getBounds();
    const kept = (number, most) => Math.max(-most, Math.min(most, number)).toFixed(5);
    return [kept(box.getWest(), 180), kept(box.getSouth(), 90), kept(box.getEast(), 180), kept(box.getNorth(), 90)].join(",");
  }

  function linkTo(address, text) {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = text;
    return link;
  }

  // Several enterprises at one address share a mark.
  function together(points) {
    const found = new Map();
    points.forEach((point) => {
      const key = point.at.join();
      found.set(key, [...(found.get(key) || []), point]);
    });
    return [...found.values()];
  }

  function drawPoints(points) {
    const first = points[0];
    const ended = points.every((point) => ENDED.includes(point.status));
    const list = document.createElement("ul");
    list.className = "sw-map-list";
    points.forEach((point) => {
      const item = document.createElement("li");
      item.append(linkTo(said.page.replace("/0/", `/${point.id}/`), point.name));
      list.append(item);
    });
    const title = points.length > 1 ? `${first.name} +${points.length - 1}` : first.name;
    const icon = L.divIcon({ className: `sw-map-point${ended ? " is-ended" : ""}`, iconSize: [16, 16] });
    L.marker(first.at, { icon, title, alt: title }).bindPopup(list, { maxHeight: 240 }).addTo(drawn);
  }

  function drawCell(cell) {
    const size = 30 + Math.min(26, Math.round(Math.log10(cell.n) * 10));
    const label = document.createElement("span");
    label.textContent = cell.n;
    const icon = L.divIcon({ className: "sw-map-cell", html: label, iconSize: [size, size] });
    const title = `${cell.n} ${said.several}`;
    const marker = L.marker(cell.at, { icon, title, alt: title }).addTo(drawn);
    const [low, left, high, right] = cell.box;
    marker.on("click", () => {
      if (map.getZoom() < map.getMaxZoom() && (low < high || left < right)) {
        map.fitBounds([[low, left], [high, right]], { maxZoom: Math.max(map.getZoom() + 1, 16) });
        return;
      }
      const box = [left, low, right, high].join(",");
      marker.bindPopup(linkTo(withQuery(said.list, `box=${box}`), said.inList)).openPopup();
    });
  }

  function draw(found) {
    drawn.clearLayers();
    found.cells.forEach(drawCell);
    together(found.points).forEach(drawPoints);
    const link = linkTo(withQuery(said.list, `box=${frame()}`), said.inList);
    inView.replaceChildren(`${found.total.toLocaleString()} ${said.shown} · `, link);
  }

  function ask() {
    if (asked) asked.abort();
    asked = new AbortController();
    fetch(withQuery(said.points, `box=${frame()}&zoom=${map.getZoom()}`), { signal: asked.signal })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
      .then(draw)
      .catch((error) => {
        if (error.name !== "AbortError") inView.textContent = said.failed;
      });
  }

  function drawOutlines(found) {
    L.geoJSON(found, {
      interactive: false,
      style: { color: "#4f818c", weight: 1.5, fillColor: "#eaf1f1", fillOpacity: said.tiles ? 0 : 0.7 },
      onEachFeature: (feature, layer) =>
        layer.bindTooltip(feature.properties.name, { permanent: true, direction: "center", className: "sw-map-name" }),
    }).addTo(map).bringToBack();
  }

  fetch(said.outlines).then((answer) => (answer.ok ? answer.json() : null)).then((found) => found && drawOutlines(found)).catch(() => {});
  map.on("moveend", ask);
  ask();
})();
