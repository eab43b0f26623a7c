import { ProxiedSignInPage } from '@backstage/core-components';
import type { SignInPageProps } from '@backstage/core-plugin-api';
import { chosenUser } from './sampleUsers';

/** Signs in without a question: as the guest, or as who was chosen in the menu. */
export const DemoSignInPage = (props: SignInPageProps) => {
  const { name } = chosenUser();
  return name === 'guest' ? (
    <ProxiedSignInPage {...props} provider="guest" />
  ) : (
    <ProxiedSignInPage
      {...props}
      provider="sampleUsers"
      headers={{ 'X-Sample-User': name }}
    />
  );
};
