/* Draws every [data-chart] from the table below it, so that picture, table and screen reader cannot disagree.
   Canvas and rich-text tips, because our content policy refuses style attributes. ECharts is fetched only where a page
   has a figure. Four colours appear only where a column is marked with one (risk, credit). */
(function () {
  "use strict";

  var self = document.currentScript, library = self.dataset.library, target = self.dataset.goal || "";
  var css = getComputedStyle(document.documentElement);
  function token(name) { return css.getPropertyValue("--sw-" + name).trim(); }

  var ink = token("ink"), mid = token("ink-mid"), soft = token("ink-soft"), text = token("text"), grey = token("text-2"), line = token("line");
  var font = token("sans"), small = { color: grey, fontFamily: font, fontSize: 12 }, dark = { color: text, fontFamily: font, fontSize: 12 };

  var PAPER_HEIGHT = 200;

  function number(words) {
    return parseFloat(String(words).replace(/[,\s%]/g, "").replace("−", "-")) || 0;
  }

  function words(row) {
    return Array.prototype.map.call(row.cells, function (cell) { return cell.textContent.trim(); });
  }

  function read(table) {
    var head = table.tHead.rows[0];
    return {
      head: words(head),
      colors: Array.prototype.map.call(head.cells, function (cell) { return cell.dataset.color || ""; }),
      rows: Array.prototype.map.call(table.tBodies[0].rows, words)
    };
  }

  function base(option) {
    option.textStyle = { fontFamily: font, color: text };
    option.animation = false;
    option.tooltip = { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" }, confine: true };
    return option;
  }

  function legend(names) {
    return { left: 0, top: 0, itemWidth: 12, itemHeight: 8, icon: "rect", textStyle: small, data: names };
  }

  function names(rows) {
    return { type: "category", data: rows.map(function (row) { return row[0]; }), axisTick: { show: false }, axisLine: { show: false }, axisLabel: dark };
  }

  function amounts(more) {
    return Object.assign({ type: "value", min: 0, splitLine: { lineStyle: { color: line } }, axisLabel: small }, more);
  }

  /* Room for the longest name at the left. */
  function leftOf(rows) {
    return Math.min(180, 20 + 13 * Math.max.apply(null, rows.map(function (row) { return row[0].length; })));
  }

  var kinds = {
    /* Rows are series, columns are months. Two flows as bars; a third row, a stock, as a line on its own grid below. */
    trend: function (t) {
      var bars = t.rows.slice(0, 2), stock = t.rows[2], months = t.head.slice(1);
      var axis = { type: "category", data: months, axisTick: { show: false }, axisLine: { lineStyle: { color: grey } } };
      var series = bars.map(function (row, i) {
        return { name: row[0], type: "bar", data: row.slice(1).map(number), barMaxWidth: 12, barGap: "15%", itemStyle: { color: bars.length > 1 ? [soft, ink][i] : ink } };
      });
      if (!stock) {
        return base({ grid: { left: 44, right: 16, top: 32, bottom: 24 }, legend: legend(bars.map(function (r) { return r[0]; })),
          xAxis: Object.assign({ axisLabel: small }, axis), yAxis: amounts({ splitNumber: 3 }), series: series });
      }
      series.push({ name: stock[0], type: "line", xAxisIndex: 1, yAxisIndex: 1, data: stock.slice(1).map(number), symbol: "circle", symbolSize: 5,
        lineStyle: { color: text, width: 2 }, itemStyle: { color: text }, endLabel: { show: true, formatter: "{c}", color: text, fontWeight: 600, fontFamily: font } });
      return base({
        grid: [{ left: 44, right: 44, top: 32, bottom: "42%" }, { left: 44, right: 44, top: "70%", bottom: 24 }],
        legend: legend(bars.map(function (row) { return row[0]; })),
        title: { text: stock[0], left: 0, top: "61%", padding: 0, textStyle: { color: grey, fontSize: 12, fontWeight: 400, fontFamily: font } },
        xAxis: [Object.assign({ gridIndex: 0, axisLabel: { show: false } }, axis), Object.assign({ gridIndex: 1, axisLabel: small }, axis)],
        yAxis: [amounts({ gridIndex: 0, splitNumber: 2 }), amounts({ gridIndex: 1, splitNumber: 2 })],
        series: series
      });
    },

    /* First column a name, last column a percentage: dots, because the axis need not start at zero. */
    rate: function (t, el) {
      var rows = t.rows.slice().reverse(), last = t.head.length - 1, goal = parseFloat(el.dataset.goal);
      var values = rows.map(function (row) { return number(row[last]); });
      var low = parseFloat(el.dataset.low), high = parseFloat(el.dataset.high);
      if (isNaN(low)) low = Math.max(0, Math.floor((Math.min.apply(null, values.concat(isNaN(goal) ? [] : [goal])) - 2) / 5) * 5);
      if (isNaN(high)) high = 100;
      var step = high - low > 50 ? 25 : high - low > 25 ? 10 : 5;
      /* Whole steps down from the top, so that the last two labels never run together. */
      low = Math.max(0, high - Math.ceil((high - low) / step) * step);
      return base({
        grid: { left: leftOf(rows), right: 64, top: 22, bottom: 22 },
        xAxis: { type: "value", min: low, max: high, interval: step, axisLabel: { color: grey, fontFamily: font, formatter: "{value} %" }, splitLine: { lineStyle: { color: line } } },
        yAxis: Object.assign({}, names(rows), { splitLine: { show: true, lineStyle: { color: line } } }),
        series: [{
          type: "scatter", symbolSize: 13, name: t.head[last],
          data: rows.map(function (row, i) {
            var under = values[i] < goal;
            return { value: [values[i], row[0]], itemStyle: { color: under ? ink : mid, opacity: 1 },
              label: { show: true, position: under ? "left" : "right", formatter: row[last], color: text, fontFamily: font, fontWeight: under ? 600 : 400 } };
          }),
          markLine: isNaN(goal) ? null : { silent: true, symbol: "none", lineStyle: { color: text, type: "dashed", width: 1 },
            label: { formatter: target + " " + goal + " %", position: "end", color: grey, fontFamily: font }, data: [{ xAxis: goal }] }
        }]
      });
    },

    /* One amount per row, from zero, written at the end of its bar. */
    bars: function (t) {
      var rows = t.rows.slice().reverse();
      return base({
        grid: { left: leftOf(rows), right: 56, top: 8, bottom: 22 },
        xAxis: amounts({ splitNumber: 3 }), yAxis: names(rows),
        series: [{ type: "bar", name: t.head[1], barMaxWidth: 16, itemStyle: { color: ink }, data: rows.map(function (row) { return number(row[1]); }),
          label: { show: true, position: "right", color: text, fontFamily: font, formatter: function (p) { return rows[p.dataIndex][1]; } } }]
      });
    },

    stack: function (t) { return stacked(t, false); },
    share: function (t) { return stacked(t, true); }
  };

  /* Marked columns side by side, as counts or as shares; the count is written on its part where there is room. */
  function stacked(t, share) {
    var rows = t.rows.slice().reverse(), marked = [];
    t.colors.forEach(function (color, i) { if (color) marked.push(i); });
    var totals = rows.map(function (row) { return marked.reduce(function (sum, i) { return sum + number(row[i]); }, 0); });
    var most = share ? 100 : Math.max.apply(null, totals), red = t.colors.indexOf("red");
    var series = marked.map(function (column) {
      var color = t.colors[column];
      return {
        name: t.head[column], type: "bar", stack: "all", barMaxWidth: 16,
        data: rows.map(function (row, j) {
          var count = number(row[column]);
          return { value: share ? (totals[j] ? count / totals[j] * 99.999 : 0) : count, text: row[column] };
        }),
        itemStyle: { color: token(color), borderColor: "#fff", borderWidth: 1 },
        label: { show: true, fontFamily: font, fontSize: 11, color: color === "yellow" || color === "orange" ? text : "#fff",
          formatter: function (p) { return p.value > most * 0.055 ? p.data.text : ""; } }
      };
    });
    /* Red is what one looks for and its part is short: write it after the bar. */
    if (red > 0) series.push({ name: "", type: "bar", stack: "all", silent: true, tooltip: { show: false }, data: rows.map(function () { return 0; }),
      label: { show: true, position: "right", color: text, fontWeight: 600, fontFamily: font, fontSize: 12,
        formatter: function (p) { return t.head[red] + " " + rows[p.dataIndex][red]; } } });
    return base({
      grid: { left: leftOf(rows), right: 64, top: 34, bottom: 22 },
      legend: Object.assign(legend(marked.map(function (i) { return t.head[i]; })), { itemWidth: 10, itemHeight: 10 }),
      xAxis: amounts({ max: share ? 100 : null, interval: share ? 25 : null, splitNumber: 3, axisLabel: { color: grey, fontFamily: font, formatter: share ? "{value} %" : null } }),
      yAxis: names(rows), series: series
    });
  }

  function draw(el) {
    var table = document.getElementById(el.dataset.table), kind = kinds[el.dataset.chart];
    if (!table || !kind || !table.tBodies[0] || !table.tBodies[0].rows.length) return;
    var chart = window.echarts.init(el, null, { renderer: "canvas" });
    chart.setOption(kind(read(table), el));
    var printing = false;
    new ResizeObserver(function () { if (!printing) chart.resize(); }).observe(el);
    /* On paper every chart has the same height, however far its neighbour stretched it on the screen. */
    window.addEventListener("beforeprint", function () { printing = true; chart.resize({ height: PAPER_HEIGHT }); chart.getZr().flush(); });
    window.addEventListener("afterprint", function () { printing = false; chart.resize({ height: "auto" }); });
  }

  /* All take their place before the first is drawn: a neighbour that grows later would stretch one already drawn. */
  function drawAll(waiting) {
    waiting.forEach(function (el) { el.classList.add("is-drawing"); });
    waiting.forEach(draw);
  }

  function start() {
    var waiting = document.querySelectorAll("[data-chart]:not(.is-drawing)");
    if (!waiting.length) return;
    if (window.echarts) return drawAll(waiting);
    var script = document.createElement("script");
    script.src = library;
    script.onload = function () { drawAll(waiting); };
    document.head.append(script);
  }

  document.addEventListener("htmx:afterSettle", start);
  start();
})();
