import { SidebarItem } from '@backstage/core-components';
import ListItemText from '@material-ui/core/ListItemText';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import PeopleIcon from '@material-ui/icons/People';
import { useState, type MouseEvent } from 'react';
import { chooseUser, chosenUser, SAMPLE_USERS } from './sampleUsers';

/** An entry of the sidebar: look at the portal as somebody else. */
export const ViewAsItem = (props: {
  /** Called after a choice; signs in anew by loading the page again. */
  onChoose?: () => void;
}) => {
  const { onChoose = () => window.location.reload() } = props;
  const [anchor, setAnchor] = useState<Element | null>(null);
  const chosen = chosenUser();
  return (
    <>
      <SidebarItem
        icon={PeopleIcon}
        text="View as…"
        onClick={(event: MouseEvent) => setAnchor(event.currentTarget)}
      />
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
        MenuListProps={{ 'aria-label': 'View the portal as' }}
      >
        {SAMPLE_USERS.map(user => (
          <MenuItem
            key={user.name}
            role="menuitemradio"
            aria-checked={user === chosen}
            selected={user === chosen}
            onClick={() => {
              chooseUser(user);
              setAnchor(null);
              onChoose();
            }}
          >
            <ListItemText
              primary={user.title}
              secondary={`sees ${user.sees}`}
            />
          </MenuItem>
        ))}
      </Menu>
    </>
  );
};
