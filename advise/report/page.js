// Chooses among what was simulated, as the sliders say.
const simulated = JSON.parse(document.querySelector('#simulated').textContent);
const say = (value) => Number(value.toPrecision(3)).toLocaleString('en-GB');
const sliders = {
  rate: { values: simulated.rates, start: simulated.rates.findIndex(({ factor }) => factor === 1) },
  limit: {
    values: [...new Set([...simulated.limits, simulated.objective.latencyMs])].sort((a, b) => a - b),
    start: undefined,
  },
  machines: { values: Array.from({ length: 41 }, (_, step) => 10 ** ((step - 20) / 10)), start: 20 },
  functions: { values: Array.from({ length: 41 }, (_, step) => 10 ** ((step - 20) / 10)), start: 20 },
};
sliders.limit.start = sliders.limit.values.indexOf(simulated.objective.latencyMs);

function chosen(name) {
  return sliders[name].values[Number(document.querySelector(`#${name}`).value)];
}

function cheapest({ results }, limit, machines, functions) {
  const { objective, prices, limits } = simulated;
  const index = limits.findLastIndex((each) => each <= limit);
  const best = new Map();
  for (const result of results) {
    const within = limit === objective.latencyMs ? result.good : (result.shares[index] ?? 0);
    if (within < objective.quantile || result.failed >= objective.errorShare) continue;
    const [vcpus, gib, gibSeconds, calls] = result.take;
    const hour = vcpus * prices.machine.vcpuHour + gib * prices.machine.gibHour;
    const use = gibSeconds * prices.functions.gibSecond + (calls / 1e6) * prices.functions.millionRequests;
    const monthly = hour * prices.assumptions.hoursPerMonth * machines + use * functions;
    if (monthly < (best.get(result.family)?.monthly ?? Number.POSITIVE_INFINITY))
      best.set(result.family, { ...result, monthly });
  }
  return [...best.values()].sort((a, b) => a.monthly - b.monthly);
}

function show() {
  const [rate, limit, machines, functions] = ['rate', 'limit', 'machines', 'functions'].map(chosen);
  const said = {
    rate: `${say(rate.rate)}/s on average (× ${say(rate.factor)})`,
    limit: `${say(limit)} ms`,
    machines: `× ${say(machines)}`,
    functions: `× ${say(functions)}`,
  };
  for (const [name, text] of Object.entries(said)) {
    document.querySelector(`#${name}-said`).textContent = text;
    document.querySelector(`#${name}`).setAttribute('aria-valuetext', text);
  }
  const choices = cheapest(rate, limit, machines, functions);
  const [first] = choices;
  document.querySelector('#what-if-answer').textContent =
    first === undefined ? 'Nothing that was tried holds it.' : `Then: ${simulated.families[first.family]}.`;
  document.querySelector('#what-if-table tbody').replaceChildren(
    ...choices.map(({ family, settings, monthly }) => {
      const row = document.createElement('tr');
      const words = Object.entries(settings).map(([name, value]) => `${name} ${say(value)}`);
      const cells = [simulated.families[family], words.join(', '), say(monthly)].map((text, index) => {
        const cell = document.createElement(index === 0 ? 'th' : 'td');
        if (index === 0) cell.scope = 'row';
        cell.textContent = text;
        return cell;
      });
      row.append(...cells);
      return row;
    }),
  );
}

for (const [name, { values, start }] of Object.entries(sliders)) {
  const slider = document.querySelector(`#${name}`);
  Object.assign(slider, { min: 0, max: values.length - 1, step: 1, value: start });
  slider.addEventListener('input', show);
}
document.querySelector('#what-if').hidden = false;
show();
