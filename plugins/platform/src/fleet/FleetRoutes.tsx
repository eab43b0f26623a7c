import { Route, Routes } from 'react-router-dom';
import { ClusterPage } from './ClusterPage';
import { FleetPage } from './FleetPage';

/** The pages below `/platform/fleet`: the fleet, and each of its clusters. */
export const FleetRoutes = () => (
  <Routes>
    <Route index element={<FleetPage />} />
    <Route path="clusters/:name" element={<ClusterPage />} />
  </Routes>
);
