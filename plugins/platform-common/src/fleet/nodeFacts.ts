/** What is stored of a node, as far as the fleet room needs it. @public */
export interface NodeFacts {
  labels?: Record<string, string>;
  providerID?: string;
  unschedulable?: boolean;
  kubeletVersion?: string;
  conditions?: Array<{ type: string; status: string }>;
}

/** Whether the kubelet reports the node ready; unknown counts as not. @public */
export function isNodeReady(node: NodeFacts): boolean {
  return (
    node.conditions?.some(
      ({ type, status }) => type === 'Ready' && status === 'True',
    ) ?? false
  );
}
