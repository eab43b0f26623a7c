import { StateMessage, type StateMessageProps } from './StateMessage';

/** Nothing there, and what to do next. */
export const EmptyState = (props: Omit<StateMessageProps, 'role'>) => (
  <StateMessage {...props} role="status" />
);
