import { writeFile } from 'node:fs/promises';
import type { FaultResult } from './FaultResult';
import {
  age,
  BOUND,
  cardP50,
  cardP99,
  factorOf,
  type Effect,
  type Figure,
} from './judge';
import type { WindowFigures } from './measure/Window';

const NONE = '–';

const COLUMNS: ReadonlyArray<{
  title: string;
  width: number;
  of(result: FaultResult): string;
}> = [
  { title: 'fault', width: 21, of: ({ name }) => name },
  {
    title: 'compared',
    width: 9,
    of: ({ assessment }) => assessment.compared.toLocaleString('en-US'),
  },
  {
    title: 'lost',
    width: 5,
    of: ({ assessment }) => String(assessment.lost.length),
  },
  {
    title: 'resurrected',
    width: 12,
    of: ({ assessment }) => String(assessment.resurrected.length),
  },
  {
    title: 'wrongly fresh',
    width: 14,
    of: ({ assessment }) => String(assessment.wronglyFresh.length),
  },
  {
    title: 'freshness',
    width: 10,
    of: ({ effect }) => factor(effect, age),
  },
  { title: 'card p50', width: 9, of: ({ effect }) => factor(effect, cardP50) },
  { title: 'card p99', width: 9, of: ({ effect }) => factor(effect, cardP99) },
  {
    title: 'recovered',
    width: 10,
    of: ({ recoverySeconds: seconds }) =>
      seconds === null ? NONE : `${seconds.toFixed(0)} s`,
  },
  {
    title: '',
    width: 6,
    of: ({ failures }) => (failures.length > 0 ? 'FAILED' : 'passed'),
  },
];

/** The names of the columns, as {@link rowOf} fills them. */
export const HEADING = line(COLUMNS.map(({ title }) => title));

/** A fault as a line of figures, and lines that say what they are of. */
export function rowOf(result: FaultResult): string {
  const { did, saw, effect, failures } = result;
  return [
    line(COLUMNS.map(({ of }) => of(result))),
    `    did: ${did}`,
    ...saw.map(text => `    saw: ${text}`),
    ...(effect ? readersOf(effect).map(text => `    ${text}`) : []),
    ...failures.map(text => `    FAILED: ${text}`),
  ].join('\n');
}

/** `3 passed, 1 failed` */
export function summaryOf(results: readonly FaultResult[]): string {
  const failed = results.filter(({ failures }) => failures.length > 0).length;
  return `${results.length - failed} passed, ${failed} failed`;
}

/** Writes the results as JSON. */
export async function writeResults(
  file: string,
  results: readonly FaultResult[],
): Promise<void> {
  const rows = results.map(({ effect, ...result }) => ({
    ...result,
    passed: result.failures.length === 0,
    ...(effect && {
      freshness: factorOf(effect, age) ?? null,
      cardP50: factorOf(effect, cardP50) ?? null,
      cardP99: factorOf(effect, cardP99) ?? null,
      before: figures(effect.quiet[0]),
      during: figures(effect.during),
      after: figures(effect.quiet[1]),
    }),
  }));
  await writeFile(file, `${JSON.stringify(rows, null, 2)}\n`);
}

function line(cells: readonly string[]): string {
  return cells
    .map((cell, index) => {
      const { width } = COLUMNS[index];
      return index === 0 ? cell.padEnd(width) : cell.padStart(width);
    })
    .join(' ');
}

function factor(effect: Effect | undefined, figure: Figure): string {
  const found = effect && factorOf(effect, figure);
  if (!found) return NONE;
  // Beyond the bound, but no more than chance.
  const isChance =
    found.value > BOUND && !figure.isMoreThanChance(found, effect);
  const mark = isChance ? '~' : '';
  return `${mark}${found.value.toFixed(2)}×`;
}

/** What readers got, before, while and after. */
function readersOf({ quiet: [before, after], during }: Effect): string[] {
  return [
    `readers before: ${readers(before)}`,
    `        during: ${readers(during)}`,
    `        after:  ${readers(after)}`,
  ];
}

function readers({ age: oldest, card }: WindowFigures): string {
  const lists = Number.isNaN(oldest)
    ? ''
    : `, lists up to ${(oldest / 1_000).toFixed(1)} s old`;
  return `${card.ms.length} cards in ${card.p50.toFixed(
    1,
  )} ms, p99 ${card.p99.toFixed(1)} ms${lists}`;
}

function figures({ age: oldest, missed, card }: WindowFigures) {
  return {
    ageP95Ms: Number.isNaN(oldest) ? null : Math.round(oldest),
    looksWithoutDatabase: missed,
    cards: card.ms.length,
    cardP50Ms: card.p50,
    cardP99Ms: card.p99,
    otherAnswers: Object.fromEntries(card.failures),
  };
}
