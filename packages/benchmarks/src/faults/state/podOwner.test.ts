import { podOwner } from './podOwner';

describe('podOwner', () => {
  it.each([
    ['service-0001-0', 'StatefulSet service-0001'],
    ['service-0001-12', 'StatefulSet service-0001'],
    ['service-0001-bcdfg24567-x2z4q', 'Deployment service-0001'],
    ['service-0001-r3-120-bcdfg24567-24567', 'Deployment service-0001-r3-120'],
    ['internal-0042-x2z4q', 'DaemonSet internal-0042'],
    ['internal-0042-24567', 'DaemonSet internal-0042'],
    ['by-hand', 'by-hand'],
  ])('%s is of %s', (pod, owner) => {
    expect(podOwner(pod)).toBe(owner);
  });
});
