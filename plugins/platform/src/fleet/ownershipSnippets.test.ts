import type { OwnershipHint } from '@roadbed/backstage-plugin-platform-common';
import { hintCommand, hintYaml, metadataYaml } from './ownershipSnippets';

const workload = {
  kind: 'Deployment',
  namespace: 'shop',
  name: 'cart-api',
} as const;

const label: OwnershipHint = {
  key: 'backstage.io/kubernetes-id',
  value: 'cart',
  target: 'workload',
  because: 'similar_name',
};

const annotation: OwnershipHint = {
  key: 'backstage.io/owner',
  value: 'group:default/team-cart',
  target: 'namespace',
  because: 'same_namespace',
};

describe('snippets that give a workload an owner', () => {
  it('label the workload', () => {
    expect(hintYaml(label)).toBe(
      'metadata:\n  labels:\n    backstage.io/kubernetes-id: cart',
    );
    expect(hintCommand(workload, label)).toBe(
      'kubectl label deployment cart-api --namespace shop backstage.io/kubernetes-id=cart',
    );
  });

  it('annotate the namespace', () => {
    expect(hintYaml(annotation)).toBe(
      'metadata:\n  annotations:\n    backstage.io/owner: "group:default/team-cart"',
    );
    expect(hintCommand(workload, annotation)).toBe(
      'kubectl annotate namespace shop backstage.io/owner=group:default/team-cart',
    );
  });

  it('leave the choice to the reader when nothing resembles it', () => {
    const open = { ...label, value: undefined, because: 'none' as const };
    expect(hintYaml(open)).toContain('backstage.io/kubernetes-id: "<entity>"');
    expect(hintCommand(workload, open)).toContain(
      " 'backstage.io/kubernetes-id=<entity>'",
    );
  });

  it('are no command on a name that would be an option of it', () => {
    const odd = '--kubeconfig=/tmp/theirs';
    expect(hintCommand({ ...workload, name: odd }, label)).toBeUndefined();
    expect(hintCommand({ ...workload, namespace: odd }, label)).toBeUndefined();
  });

  it('quote what a shell or YAML would read otherwise', () => {
    const value = `it's $(rm -rf ~) "x"`;
    expect(hintCommand(workload, { ...label, value })).toContain(
      `'backstage.io/kubernetes-id=it'\\''s $(rm -rf ~) "x"'`,
    );
    for (const word of ['on', '1.10', 'a: b', '"x"', '']) {
      expect(
        metadataYaml({ field: 'labels', key: 'k', value: word }),
      ).toContain(`k: ${JSON.stringify(word)}`);
    }
  });
});
