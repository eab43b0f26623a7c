import {
  EntityAboutCard,
  EntityLayout,
  EntitySwitch,
} from '@backstage/plugin-catalog';
import { EntityKubernetesContent } from '@backstage/plugin-kubernetes';
import Grid from '@material-ui/core/Grid';
import {
  EntityClusterCard,
  EntityClusterContent,
  EntityWhereItRunsCard,
  EntityWhereItRunsContent,
  isPlatformClusterAvailable,
  isWhereItRunsAvailable,
} from '@roadbed/backstage-plugin-platform';

const overview = (
  <Grid container spacing={3}>
    <Grid item md={6} xs={12}>
      <EntityAboutCard />
    </Grid>
    <EntitySwitch>
      <EntitySwitch.Case if={isPlatformClusterAvailable}>
        <Grid item md={6} xs={12}>
          <EntityClusterCard />
        </Grid>
      </EntitySwitch.Case>
      <EntitySwitch.Case if={isWhereItRunsAvailable}>
        <Grid item md={6} xs={12}>
          <EntityWhereItRunsCard />
        </Grid>
      </EntitySwitch.Case>
    </EntitySwitch>
  </Grid>
);

/** What a catalog entity shows. */
export const entityPage = (
  <EntityLayout>
    <EntityLayout.Route path="/" title="Overview">
      {overview}
    </EntityLayout.Route>
    <EntityLayout.Route
      path="/where-it-runs"
      title="Where it runs"
      if={isWhereItRunsAvailable}
    >
      <EntityWhereItRunsContent />
    </EntityLayout.Route>
    <EntityLayout.Route
      path="/cluster"
      title="Cluster"
      if={isPlatformClusterAvailable}
    >
      <EntityClusterContent />
    </EntityLayout.Route>
    <EntityLayout.Route path="/kubernetes" title="Kubernetes">
      <EntityKubernetesContent />
    </EntityLayout.Route>
  </EntityLayout>
);
