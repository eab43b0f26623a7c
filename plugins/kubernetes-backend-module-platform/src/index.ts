/**
 * Lends the Kubernetes plugin's clusters and credentials to Roadbed's
 * collector.
 *
 * @packageDocumentation
 */
export { kubernetesModulePlatform as default } from './module';
