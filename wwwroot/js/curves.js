// Live curves with uPlot. The server sends only new rows [step, value, …]; the colours come from the style sheet's tokens.
const token = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export function create(element, lines, height) {
  if (!element) return null;   // the page has moved on meanwhile
  if (!window.uPlot) return withoutCharts(element);
  let columns = [[], ...lines.map(() => [])];
  let totalSteps = 1;
  let plot = null;

  function draw() {
    plot?.destroy();
    const grid = { stroke: token("--line"), width: 1 };
    const axis = { stroke: token("--ink-3"), grid, ticks: { show: false }, font: "11px " + token("--sans") };
    plot = new uPlot({
      width: Math.max(120, element.clientWidth),
      height,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false } },
      scales: {
        x: { time: false, range: () => [columns[0][0] ?? 0, Math.max(totalSteps, 1)] },
        y: { range: (_, low, high) => around(low, high) },
      },
      axes: [
        { ...axis, size: 24, space: 60, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000] },
        { ...axis, size: 44, space: 28 },
      ],
      series: [{}, ...lines.map(line => ({
        label: line.metric, stroke: token(line.colour), width: 2, dash: line.dashed ? [6, 4] : undefined,
        spanGaps: true, points: { show: false },
      }))],
    }, columns, element);
  }

  // A margin above and below; a curve that does not move still gets a scale.
  function around(low, high) {
    if (low === null || high === null) return [0, 1];
    const margin = Math.max((high - low) * 0.08, Math.abs(high) * 0.02, 0.005);
    return [low - margin, high + margin];
  }

  const resized = new ResizeObserver(() => plot?.setSize({ width: Math.max(120, element.clientWidth), height }));
  resized.observe(element);
  addEventListener("seas:theme", draw);
  draw();

  return {
    show(rows, steps, again) {
      if (again) columns = columns.map(() => []);
      totalSteps = steps;
      for (const row of rows) row.forEach((value, index) => columns[index].push(value));
      plot?.setData(columns);
    },
    remove() {
      resized.disconnect();
      removeEventListener("seas:theme", draw);
      plot?.destroy();
      plot = null;
    },
  };
}

// The build found no npm, so uPlot is not there. The numbers beside the chart are.
function withoutCharts(element) {
  element.textContent = "This build has no charts, because npm was missing. Install npm and build SEAS again.";
  return { show() {}, remove() { element.textContent = ""; } };
}
