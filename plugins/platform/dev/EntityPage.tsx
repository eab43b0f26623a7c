import { Content, Header, HeaderTabs, Page } from '@backstage/core-components';
import Grid from '@material-ui/core/Grid';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { useState, type ReactNode } from 'react';
import { useParams } from 'react-router-dom';
import { ClusterCard } from '../src/fleet/entity/ClusterCard';
import { ClusterContent } from '../src/fleet/entity/ClusterContent';
import { isKubernetesCluster } from '../src/fleet/entity/entityFilters';
import { WhereItRunsCard } from '../src/fleet/entity/WhereItRunsCard';
import { WhereItRunsContent } from '../src/fleet/entity/WhereItRunsContent';
import { anEntity } from './entities';

/** The cards of an entity, as wide as a catalog gives them room. */
export const EntityCards = ({ entityRef }: { entityRef: string }) => {
  const entity = anEntity(entityRef);
  const cards: ReactNode[] = [
    <WhereItRunsCard />,
    isKubernetesCluster(entity) && <ClusterCard />,
  ];
  return (
    <EntityProvider entity={entity}>
      <Grid container spacing={3}>
        {cards.filter(Boolean).map((card, index) => (
          <Grid item xs={12} md={6} key={index}>
            {card}
          </Grid>
        ))}
      </Grid>
    </EntityProvider>
  );
};

/** An entity's page as a catalog would show it: cards, and a tab per content. */
export const EntityPage = () => {
  const { kind, namespace, name } = useParams();
  const [selected, setSelected] = useState(0);
  const entityRef = `${kind}:${namespace}/${name}`;
  const entity = anEntity(entityRef);
  const tabs = [
    {
      id: 'overview',
      label: 'Overview',
      content: <EntityCards entityRef={entityRef} />,
    },
    {
      id: 'where-it-runs',
      label: 'Where it runs',
      content: <WhereItRunsContent />,
    },
    ...(isKubernetesCluster(entity)
      ? [{ id: 'cluster', label: 'Cluster', content: <ClusterContent /> }]
      : []),
  ];
  return (
    <Page themeId="service">
      <Header title={name} type={kind} />
      <HeaderTabs
        tabs={tabs.map(({ id, label }) => ({ id, label }))}
        selectedIndex={selected}
        onChange={setSelected}
      />
      <Content>
        <EntityProvider entity={entity}>
          {tabs[selected].content}
        </EntityProvider>
      </Content>
    </Page>
  );
};
