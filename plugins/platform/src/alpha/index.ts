/**
 * Roadbed in the new frontend system.
 *
 * @packageDocumentation
 */
export { platformPlugin as default } from './plugin';
