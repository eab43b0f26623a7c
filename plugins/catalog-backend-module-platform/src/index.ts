/**
 * Roadbed's clusters as resources of the catalog.
 *
 * @packageDocumentation
 */
export { catalogModulePlatform as default } from './module';
