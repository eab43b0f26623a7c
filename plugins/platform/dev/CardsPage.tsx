import { Content, Header, Link, Page } from '@backstage/core-components';
import Grid from '@material-ui/core/Grid';
import { Panel } from '../src/components/Panel';
import { FleetHomeCard } from '../src/fleet/home/FleetHomeCard';
import { ENTITIES } from './entities';
import { EntityCards } from './EntityPage';

/** Every card for every kind of entity, in the situation of the address. */
export const CardsPage = () => (
  <Page themeId="tool">
    <Header title="Cards" />
    <Content>
      <Grid container spacing={3}>
        <Grid item xs={12} md={6}>
          <h3>The home page</h3>
          <Panel title="Fleet">
            <FleetHomeCard />
          </Panel>
        </Grid>
        {Object.entries(ENTITIES).map(([entityRef, words]) => {
          const [kind, namespace, name] = entityRef.split(/[:/]/);
          return (
            <Grid item xs={12} key={entityRef}>
              <h3>
                <Link to={`/catalog/${namespace}/${kind}/${name}`}>
                  {entityRef}
                </Link>{' '}
                {words}
              </h3>
              <EntityCards entityRef={entityRef} />
            </Grid>
          );
        })}
      </Grid>
    </Content>
  </Page>
);
