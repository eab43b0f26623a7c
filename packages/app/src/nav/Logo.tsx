import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  link: {
    display: 'flex',
    alignItems: 'center',
    height: 2 * sidebarConfig.logoHeight,
    paddingLeft: 20,
    color: '#ffffff',
    fontSize: 20,
    fontWeight: 700,
  },
  name: { marginLeft: 12 },
});

/** The road, and the name where there is room for it. */
export const Logo = () => {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  return (
    <Link to="/" underline="none" className={classes.link} aria-label="Home">
      <svg width="32" height="32" viewBox="0 0 32 32" aria-hidden>
        <path d="M10 28 L14 4 h4 L22 28 z" fill="#7fb4e6" />
        <path
          d="M16 7 v3.5 M16 14 v4 M16 21.5 v4.5"
          stroke="#1b2a41"
          strokeWidth="1.6"
        />
      </svg>
      {isOpen && <span className={classes.name}>Roadbed</span>}
    </Link>
  );
};
