/**
 * Who one can be in the demonstration portal.
 *
 * @packageDocumentation
 */
export { DemoSignInPage } from './DemoSignInPage';
export { ViewAsItem } from './ViewAsItem';
