/** A selector of an expression, such as `a_total{state="free"}`. */
export interface Selector {
  series: string;
  labels: Array<{ label: string; operator: string; value: string }>;
}

/** The series of Roadbed that an expression in PromQL selects. */
export function selectorsOf(expression: string): Selector[] {
  return [...expression.matchAll(/\b(roadbed_\w+)(?:\{([^}]*)\})?/g)].map(
    ([, series, labels = '']) => ({
      series,
      labels: [...labels.matchAll(/(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"/g)].map(
        ([, label, operator, value]) => ({ label, operator, value }),
      ),
    }),
  );
}

/** The labels that an expression groups or matches by. */
export function groupingLabels(expression: string): string[] {
  return [...expression.matchAll(/\b(?:by|on)\s*\(([^)]*)\)/g)].flatMap(
    ([, labels]) => labels.split(',').map(label => label.trim()),
  );
}
