/**
 * Roadbed's backend.
 *
 * @packageDocumentation
 */
export { platformPlugin as default } from './plugin';
