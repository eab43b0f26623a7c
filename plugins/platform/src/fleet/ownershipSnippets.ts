import type {
  OwnershipHint,
  Workload,
} from '@roadbed/backstage-plugin-platform-common';

/** The label and annotation that ties workloads to an entity. */
export const KUBERNETES_ID = 'backstage.io/kubernetes-id';

/** Stands in a snippet where its reader has to choose. */
export const PLACEHOLDER = '<entity>';

/** Words that YAML takes for something else than text. */
const YAML_WORDS = /^(true|false|yes|no|on|off|y|n|null|nan)$/i;

function yamlScalar(text: string): string {
  const plain = /^[a-z][\w./-]*$/i.test(text) && !YAML_WORDS.test(text);
  return plain ? text : JSON.stringify(text);
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text)
    ? text
    : `'${text.replace(/'/g, `'\\''`)}'`;
}

/** One label or annotation as it stands in a manifest or a catalog file. */
export function metadataYaml(options: {
  field: 'labels' | 'annotations';
  key: string;
  value: string;
}): string {
  const { field, key, value } = options;
  return `metadata:\n  ${field}:\n    ${key}: ${yamlScalar(value)}`;
}

/** What a hint asks to be added to a manifest. */
export function hintYaml(hint: OwnershipHint): string {
  return metadataYaml({
    field: hint.target === 'workload' ? 'labels' : 'annotations',
    key: hint.key,
    value: hint.value ?? PLACEHOLDER,
  });
}

/**
 * The command that adds it at once.
 *
 * @returns nothing for a name that kubectl would take for an option: no API
 * server gives one, so it is not one to run a command on
 */
export function hintCommand(
  workload: Pick<Workload, 'kind' | 'namespace' | 'name'>,
  hint: OwnershipHint,
): string | undefined {
  const { kind, namespace, name } = workload;
  if (name.startsWith('-') || namespace.startsWith('-')) {
    return undefined;
  }
  const pair = `${hint.key}=${hint.value ?? PLACEHOLDER}`;
  const words =
    hint.target === 'workload'
      ? ['label', kind.toLowerCase(), name, '--namespace', namespace, pair]
      : ['annotate', 'namespace', namespace, pair];
  return ['kubectl', ...words.map(shellWord)].join(' ');
}
