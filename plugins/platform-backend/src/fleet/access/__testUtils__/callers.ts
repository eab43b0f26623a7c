import { mockCredentials } from '@backstage/backend-test-utils';

/** Who calls. */
export type CallerName = 'nobody' | 'guest' | 'member' | 'engineer' | 'service';

export const GUEST = 'user:default/guest';
export const MEMBER = 'user:default/member';
/** The team of the member. */
export const TEAM = 'group:default/team-a';

/** The headers of each caller. */
export const CALLERS: Readonly<Record<CallerName, string>> = {
  nobody: mockCredentials.none.header(),
  guest: mockCredentials.user.header(GUEST),
  member: mockCredentials.user.header(MEMBER),
  engineer: mockCredentials.user.header('user:default/engineer'),
  service: mockCredentials.service.header(),
};

/** What may not be met by a member, anywhere. */
export const HIDDEN: readonly string[] = ['hidden', 'ghost', 'crypt', 'team-b'];

/** Names of the clusters that a member may see. */
export const VISIBLE: readonly string[] = ['own-alias', 'own-prod'];
