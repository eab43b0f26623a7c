import { writeFile } from 'node:fs/promises';
import { holds, type Measurement } from './Measurement';

/** Collects the figures of a run, prints them and writes them down. */
export class Report {
  readonly measurements: Measurement[] = [];

  constructor(private readonly print: (line: string) => void) {}

  /** Adds a figure and prints it at once: runs are long. */
  add(measurement: Measurement): void {
    this.measurements.push(measurement);
    this.print(rowOf(measurement));
  }

  /** Figures that are out of their bounds. */
  get failures(): Measurement[] {
    return this.measurements.filter(
      measurement => holds(measurement) === false,
    );
  }

  /** The whole table, with what each figure means below it. */
  table(): string {
    return this.measurements
      .flatMap(measurement => [rowOf(measurement), `    ${measurement.how}`])
      .join('\n');
  }

  /** Writes the list of figures as JSON. */
  async write(file: string): Promise<void> {
    const rows = this.measurements.map(measurement => ({
      name: measurement.name,
      value: measurement.value,
      unit: measurement.unit,
      bound: measurement.bound ? boundText(measurement) : null,
      holds: holds(measurement),
      how: measurement.how,
    }));
    await writeFile(file, `${JSON.stringify(rows, null, 2)}\n`);
  }
}

const VERDICTS: Record<string, string> = {
  true: 'holds',
  false: 'DOES NOT HOLD',
  null: '',
};

function rowOf(measurement: Measurement): string {
  const { name, value, unit } = measurement;
  return [
    name.padEnd(44),
    `${valueText(value)} ${unit}`.padEnd(20),
    boundText(measurement).padEnd(12),
    VERDICTS[String(holds(measurement))],
  ]
    .join(' ')
    .trimEnd();
}

function boundText({ bound }: Measurement): string {
  return bound ? `${bound.relation} ${valueText(bound.limit)}` : '';
}

function valueText(value: number): string {
  // Three digits say what can be said of a measurement.
  return value.toLocaleString('en-US', {
    maximumFractionDigits: Math.max(
      0,
      Math.min(3, 3 - Math.floor(Math.abs(value)).toString().length),
    ),
  });
}
