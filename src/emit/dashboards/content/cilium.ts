import type { Dashboard } from '../dashboard.ts';

/** The network as Cilium sees it, and what Hubble saw of it. */
export const ciliumHubble: Dashboard = {
  id: 'cilium', title: 'Cilium and Hubble', folder: 'Platform', needs: ['cilium'], components: ['cilium'],
  description: 'Endpoints, addresses, dropped packets, policies, and flows that Hubble counted.',
  rows: [
    {
      title: 'Pods and addresses',
      panels: [
        { title: 'Endpoints by state', expr: 'sum by (endpoint_state) (cilium_endpoint_state)', unit: 'endpoints', legend: '{{endpoint_state}}', runbook: 'cilium-endpoints-unhealthy' },
        { title: 'Addresses of nodes', expr: 'sum(cilium_operator_ipam_used_ips)', unit: 'addresses', legend: 'used', also: [{ expr: 'sum(cilium_operator_ipam_available_ips)', legend: 'left' }, { expr: 'sum(cilium_operator_ipam_needed_ips)', legend: 'wanted' }] },
        { title: 'Addresses left in subnets', expr: 'sum by (subnet_id, availability_zone) (cilium_operator_ipam_available_ips_per_subnet)', unit: 'addresses', legend: '{{availability_zone}} {{subnet_id}}', thresholds: { warning: 512, critical: 128 } },
      ],
    },
    {
      title: 'Traffic',
      panels: [
        { title: 'Forwarded', expr: 'sum by (direction) (rate(cilium_forward_bytes_total[$__rate_interval]))', unit: 'Bps', legend: '{{direction}}' },
        { title: 'Dropped packets by reason', expr: 'sum by (reason, direction) (rate(cilium_drop_count_total[$__rate_interval])) > 0', unit: 'pps', legend: '{{reason}}, {{direction}}' },
        { title: 'Fullest maps of the kernel', expr: 'topk(10, max by (map_name) (cilium_bpf_map_pressure))', unit: 'percentunit', kind: 'bars', legend: '{{map_name}}', thresholds: { warning: 0.7, critical: 0.9 } },
      ],
    },
    {
      title: 'Policies',
      panels: [
        { title: 'Policies', expr: 'max(cilium_policy)', unit: 'policies' },
        { title: 'Endpoints by what is enforced', expr: 'sum by (enforcement) (cilium_policy_endpoint_enforcement_status)', unit: 'endpoints', legend: '{{enforcement}}' },
        { title: 'Failed regenerations', expr: 'sum by (outcome) (rate(cilium_endpoint_regenerations_total{outcome!="success"}[$__rate_interval]))', unit: 'ops', legend: '{{outcome}}', runbook: 'cilium-endpoints-unhealthy' },
      ],
    },
    {
      title: 'Hubble',
      panels: [
        { title: 'Flows by verdict', expr: 'sum by (verdict) (rate(hubble_flows_processed_total[$__rate_interval]))', unit: 'cps', legend: '{{verdict}}' },
        { title: 'Drops by reason', expr: 'sum by (reason, protocol) (rate(hubble_drop_total[$__rate_interval]))', unit: 'cps', legend: '{{reason}} {{protocol}}' },
        { title: 'DNS answers by code', expr: 'sum by (rcode) (rate(hubble_dns_responses_total[$__rate_interval]))', unit: 'cps', legend: '{{rcode}}' },
      ],
    },
  ],
};
