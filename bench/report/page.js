// Runs in the reader's browser: makes the columns of tables sortable. Without it every table is there, in its order.
const next = { none: 'ascending', ascending: 'descending', descending: 'none' };

for (const table of document.querySelectorAll('table')) {
  const body = table.tBodies[0];
  const original = [...body.rows];
  const heads = table.querySelectorAll('th[data-sort]');
  for (const head of heads) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const order = next[head.getAttribute('aria-sort') ?? 'none'];
      for (const other of heads) other.removeAttribute('aria-sort');
      if (order !== 'none') head.setAttribute('aria-sort', order);
      body.append(...(order === 'none' ? original : sorted(original, head.cellIndex, order === 'ascending' ? 1 : -1)));
    });
  }
}

/** Numbers before words, whichever way; equal rows stay in their order. */
function sorted(rows, column, direction) {
  const cell = (row) => row.cells[column];
  const key = (row) => Number(cell(row).dataset.key ?? Number.NaN);
  return rows.toSorted((a, b) => {
    const words = Number(Number.isNaN(key(a))) - Number(Number.isNaN(key(b)));
    if (words !== 0) return words;
    if (!Number.isNaN(key(a))) return direction * (key(a) - key(b));
    return direction * cell(a).textContent.localeCompare(cell(b).textContent, 'en', { numeric: true });
  });
}
