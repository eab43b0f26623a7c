import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { DemoSignInPage } from '@roadbed/demo-users';

/** Everybody is a guest here, or one of the sample users. */
export const SignInPage = SignInPageBlueprint.make({
  params: { loader: async () => DemoSignInPage },
});
