/**
 * Teaches Roadbed to collect the HTTPRoutes of the Gateway API.
 *
 * @packageDocumentation
 */
export { platformModuleGatewayApi as default } from './module';
