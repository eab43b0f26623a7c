/** What controllers append to the names of the pods that they create. */
const PATTERNS = [
  { kind: 'StatefulSet', suffix: /-\d{1,4}$/ },
  { kind: 'Deployment', suffix: /-[a-z0-9]{10}-[a-z0-9]{5}$/ },
  { kind: 'DaemonSet', suffix: /-[a-z0-9]{5}$/ },
];

/**
 * Kind and name of what keeps a pod of a generated cluster running, told from
 * the pod's name alone: in another way than the collector tells it.
 */
export function podOwner(name: string): string {
  const found = PATTERNS.find(({ suffix }) => suffix.test(name));
  return found ? `${found.kind} ${name.replace(found.suffix, '')}` : name;
}
