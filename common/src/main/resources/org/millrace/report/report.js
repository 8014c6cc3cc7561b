(() => {
  'use strict';

  const LONGEST_LABEL = 28;
  const DASHES = [[], [6, 3], [2, 2], [8, 3, 2, 3]];
  const POINTS = ['circle', 'triangle', 'rect', 'rectRot', 'cross', 'star'];
  const root = document.documentElement;
  const charts = JSON.parse(document.getElementById('chart-data').textContent);
  let drawn = [];

  const number = (value, grouping) =>
    value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e12)
      ? value.toExponential(3)
      : new Intl.NumberFormat('en', {
          useGrouping: grouping,
          ...(Math.abs(value) >= 1000 || Number.isInteger(value)
            ? { maximumFractionDigits: 0 }
            : { maximumSignificantDigits: 4 }),
        }).format(value);
  const shorten = (text) =>
    text.length > LONGEST_LABEL ? text.slice(0, LONGEST_LABEL - 1) + '\u2026' : text;

  const palette = () => {
    const style = getComputedStyle(root);
    const colour = (name) => style.getPropertyValue(name).trim();
    return {
      ink: colour('--ink'),
      muted: colour('--muted'),
      line: colour('--line'),
      card: colour('--card'),
      series: [1, 2, 3, 4, 5, 6, 7, 8].map((i) => colour('--series-' + i)),
      font: getComputedStyle(document.body).fontFamily,
    };
  };

  const isBar = (chart) => chart.kind === 'bar' || chart.kind === 'horizontal_bar';
  const byCategory = (chart) => isBar(chart) || chart.categories.length > 0;

  const dataset = (chart, series, i, colours) => {
    const colour = colours.series[i % colours.series.length];
    const data = byCategory(chart)
      ? series.y
      : series.y.map((y, at) => ({ x: series.x.length ? series.x[at] : at + 1, y }));
    const many = series.y.length > 40;
    return {
      label: series.name,
      data,
      backgroundColor: chart.kind === 'scatter' ? colour + '99' : colour,
      borderColor: colour,
      borderWidth: chart.kind === 'line' ? 2 : chart.kind === 'scatter' ? 1 : 0,
      borderDash: chart.kind === 'line' ? DASHES[i % DASHES.length] : [],
      borderRadius: isBar(chart) ? 2 : 0,
      pointStyle: POINTS[i % POINTS.length],
      pointRadius: chart.kind === 'line' && many ? 0 : 3,
      pointHitRadius: 8,
      maxBarThickness: 44,
      categoryPercentage: 0.82,
      barPercentage: 0.92,
    };
  };

  const title = (text, colours) => ({ display: text !== '', text, color: colours.muted, font: { size: 12 } });

  const categories = (chart, label, colours) => ({
    title: title(label, colours),
    grid: { display: false },
    border: { color: colours.line },
    ticks: {
      color: colours.ink,
      autoSkip: chart.kind !== 'horizontal_bar' || chart.categories.length > 50,
      maxRotation: 50,
      callback(value) {
        return shorten(String(this.getLabelForValue(value)));
      },
    },
  });

  const measures = (label, fromZero, colours, grouping) => ({
    type: 'linear',
    title: title(label, colours),
    beginAtZero: fromZero,
    grid: { color: colours.line },
    border: { display: false },
    ticks: { color: colours.muted, maxTicksLimit: 7, callback: (value) => number(value, grouping) },
  });

  const scales = (chart, colours) => {
    if (chart.kind === 'horizontal_bar') {
      return {
        x: measures(chart.x_label, true, colours, true),
        y: categories(chart, chart.y_label, colours),
      };
    }
    return {
      // Years stay years: a position on the x axis has separators from 10,000 only.
      x: byCategory(chart)
        ? categories(chart, chart.x_label, colours)
        : { ...measures(chart.x_label, false, colours, 'min2'), grid: { display: false } },
      y: measures(chart.y_label, isBar(chart), colours, true),
    };
  };

  const options = (chart, colours) => ({
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    indexAxis: chart.kind === 'horizontal_bar' ? 'y' : 'x',
    interaction: { mode: 'nearest', intersect: false, axis: chart.kind === 'scatter' ? 'xy' : chart.kind === 'horizontal_bar' ? 'y' : 'x' },
    scales: scales(chart, colours),
    plugins: {
      legend: {
        display: chart.series.length > 1,
        position: 'bottom',
        align: 'start',
        labels: {
          color: colours.ink,
          usePointStyle: true,
          boxHeight: 7,
          generateLabels: (it) =>
            Chart.defaults.plugins.legend.labels
              .generateLabels(it)
              .map((label) => ({ ...label, text: shorten(label.text) })),
        },
      },
      tooltip: {
        callbacks: {
          label: (item) => {
            const measured = chart.kind === 'horizontal_bar' ? item.parsed.x : item.parsed.y;
            const at = byCategory(chart) ? '' : number(item.parsed.x, 'min2') + ', ';
            const name = chart.series.length > 1 ? item.dataset.label + ': ' : '';
            return name + at + number(measured, true);
          },
          title: (items) => (byCategory(chart) && items.length ? items[0].label : ''),
        },
      },
    },
  });

  // A heat map is a stack of bars of length one for each of its rows, coloured by what they stand for.
  const heat = (chart, colours) => {
    const values = chart.series.flatMap((row) => row.y).filter((value) => value !== null);
    const least = Math.min(...values);
    const span = Math.max(...values) - least || 1;
    const shade = (value) =>
      Math.round(24 + (231 * (value - least)) / span)
        .toString(16)
        .padStart(2, '0');
    const valueOf = (item) => chart.series[item.dataIndex].y[item.datasetIndex];
    return {
      type: 'bar',
      data: {
        labels: chart.series.map((row) => row.name),
        datasets: chart.categories.map((label, column) => ({
          label,
          data: chart.series.map(() => 1),
          backgroundColor: chart.series.map((row) =>
            Number.isFinite(row.y[column]) ? colours.series[0] + shade(row.y[column]) : 'transparent',
          ),
          categoryPercentage: 1,
          barPercentage: 0.94,
        })),
      },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        indexAxis: 'y',
        interaction: { mode: 'nearest', intersect: true, axis: 'xy' },
        scales: {
          x: {
            type: 'linear',
            stacked: true,
            min: 0,
            max: chart.categories.length,
            title: title(chart.x_label, colours),
            grid: { display: false },
            border: { color: colours.line },
            afterBuildTicks: (axis) => {
              axis.ticks = chart.categories.map((_, i) => ({ value: i + 0.5 }));
            },
            ticks: { color: colours.ink, maxRotation: 50, callback: (value) => shorten(chart.categories[Math.floor(value)]) },
          },
          y: {
            stacked: true,
            title: title(chart.y_label, colours),
            grid: { display: false },
            border: { color: colours.line },
            ticks: { color: colours.ink, autoSkip: chart.series.length > 50 },
          },
        },
        plugins: {
          legend: { display: false },
          tooltip: {
            filter: (item) => Number.isFinite(valueOf(item)),
            callbacks: {
              title: (items) => (items.length ? items[0].label + ', ' + items[0].dataset.label : ''),
              label: (item) => number(valueOf(item), true),
            },
          },
        },
      },
    };
  };

  const draw = () => {
    drawn.forEach((chart) => chart.destroy());
    drawn = [];
    const colours = palette();
    Chart.defaults.font.family = colours.font;
    document.querySelectorAll('canvas[data-chart]').forEach((canvas) => {
      const chart = charts[Number(canvas.dataset.chart)];
      if (chart.kind === 'heat_map') {
        drawn.push(new Chart(canvas, heat(chart, colours)));
        return;
      }
      drawn.push(
        new Chart(canvas, {
          type: isBar(chart) ? 'bar' : chart.kind,
          data: {
            labels: chart.categories.length ? chart.categories : undefined,
            datasets: chart.series.map((series, i) => dataset(chart, series, i, colours)),
          },
          options: options(chart, colours),
        }),
      );
    });
  };

  root.classList.add('scripted');
  draw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  addEventListener('beforeprint', () => {
    root.classList.add('on-paper');
    draw();
  });
  addEventListener('afterprint', () => {
    root.classList.remove('on-paper');
    draw();
  });
})();
