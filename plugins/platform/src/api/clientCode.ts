// A chunk of its own: a dynamic import of a file that names one export leaves
// the rest of the package out, which one of the package itself does not.
export { PlatformClient } from '@roadbed/backstage-plugin-platform-common';
