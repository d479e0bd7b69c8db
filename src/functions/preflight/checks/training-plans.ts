import type { TrainingPlan } from '../ask/training-plan.ts';
import type { Facts } from '../facts.ts';
import { about, doubt, type Remark, refusal } from '../remark.ts';
import type { Wanted, WantedGroup } from '../wanted.ts';
import { clusterZone } from './cluster-zone.ts';

/** Whether the training plans are for clusters, of the groups' types, in the cluster's zone, and have as many. */
export function checkTrainingPlans(wanted: Wanted, facts: Facts): readonly Remark[] {
  const { cluster, before } = wanted;
  return cluster.groups.flatMap((group) => {
    const old = before?.groups.find(({ name, plan }) => name === group.name && plan === group.plan);
    const more = group.count - (old?.count ?? 0);
    if (group.plan === '' || more <= 0) return [];
    return about(`the training plan of ${group.name}`, facts.plans.get(group.plan)!, (plan) =>
      checkPlan(group, more, plan, clusterZone(wanted, facts)),
    );
  });
}

function checkPlan(group: WantedGroup, more: number, plan: TrainingPlan, zone: string): readonly Remark[] {
  const { name, type } = group;
  if (!['Active', 'Scheduled'].includes(plan.status)) {
    return [refusal(`The training plan of ${name} is ${plan.status}, neither Active nor Scheduled.`)];
  }
  if (!plan.targets.includes('hyperpod-cluster')) {
    return [refusal(`The training plan of ${name} is for ${plan.targets.join(', ')}, not for a HyperPod cluster.`)];
  }
  const ofType = plan.reserved.filter((one) => one.type === type);
  if (ofType.length === 0) {
    const types = [...new Set(plan.reserved.map((one) => one.type))];
    return [refusal(`The training plan of ${name} is for ${types.join(', ')}, not for ${type}.`)];
  }
  const findings: Remark[] = [];
  const zones = ofType.map(({ zoneId }) => zoneId).filter((id) => id !== '');
  if (zone !== '' && zones.length > 0 && !zones.includes(zone)) {
    const places = zones.join(', ');
    findings.push(refusal(`The training plan of ${name} is in ${places}, the cluster in ${zone}: choose that zone.`));
  }
  if (plan.status === 'Active' && plan.free < more) {
    findings.push(refusal(`The training plan of ${name} has ${plan.free} free instances; ${more} more are asked for.`));
  }
  if (plan.status === 'Scheduled') {
    findings.push(doubt(`The training plan of ${name} has not begun: its instances come when it does.`));
  }
  return findings;
}
