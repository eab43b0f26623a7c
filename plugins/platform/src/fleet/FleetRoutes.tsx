import { Route, Routes } from 'react-router-dom';
import { ClusterPage } from './ClusterPage';
import type { FleetColumns } from './columnIds';
import { FleetPage } from './FleetPage';

/** Properties of {@link FleetRoutes}. */
export interface FleetRoutesProps {
  columns?: FleetColumns;
}

/** The pages below `/platform/fleet`: the fleet, and each of its clusters. */
export const FleetRoutes = ({ columns }: FleetRoutesProps) => (
  <Routes>
    <Route index element={<FleetPage columns={columns} />} />
    <Route path="clusters/:name" element={<ClusterPage columns={columns} />} />
  </Routes>
);
