import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Report } from './Report';

describe('Report', () => {
  const how = 'as it is';
  const lines: string[] = [];
  const report = new Report(line => lines.push(line));
  report.add({
    name: 'a',
    value: 20,
    unit: 'ms',
    bound: { relation: '<', limit: 20 },
    how,
  });
  report.add({
    name: 'b',
    value: 20,
    unit: 'ms',
    bound: { relation: '≤', limit: 20 },
    how,
  });
  report.add({
    name: 'c',
    value: 99,
    unit: '×',
    bound: { relation: '≥', limit: 100 },
    how,
  });
  report.add({
    name: 'd',
    value: NaN,
    unit: 'ms',
    bound: { relation: '≤', limit: 1 },
    how,
  });
  report.add({ name: 'e', value: 12_345, unit: 'requests', how });

  it('tells what holds, also where a bound is just met or nothing was measured', () => {
    expect(report.failures.map(({ name }) => name)).toEqual(['a', 'c', 'd']);
    expect(lines[1]).toMatch(/^b +20 ms +≤ 20 +holds$/);
    expect(lines[4]).toMatch(/^e +12,345 requests$/);
  });

  it('writes the list down', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'report-'));
    const file = join(folder, 'results.json');
    await report.write(file);
    const rows = JSON.parse(await readFile(file, 'utf8'));
    expect(rows[1]).toEqual({
      name: 'b',
      value: 20,
      unit: 'ms',
      bound: '≤ 20',
      holds: true,
      how,
    });
    expect(rows[4]).toMatchObject({ bound: null, holds: null });
    await rm(folder, { recursive: true });
  });
});
