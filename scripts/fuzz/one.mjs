// Checks one chosen input in a process of its own: one.mjs NAME. Prints {fault, cpu, memory} as JSON.
import { api } from '../api.mjs';
import { CHOSEN } from './chosen.mjs';
import { judge, MOST_CPU } from './judge.mjs';

/** What the work below takes on a machine that is not busy, in milliseconds of CPU. */
const USUAL = 85;

const text = CHOSEN[process.argv[2] ?? '']?.() ?? '';
// What is measured is the template, not the loading of the program.
judge(api, 'Resources: {A: {Type: "AWS::EC2::VPC"}}\n');
const { fault, cpu } = judge(api, text, MOST_CPU * Math.max(1, someWork() / USUAL));
console.log(JSON.stringify({ fault, cpu, memory: process.resourceUsage().maxRSS / 1024 }));

/** Work of a known size: where others keep the processors busy, the same takes more CPU. @returns {number} milliseconds */
function someWork() {
  const start = process.cpuUsage();
  const list = Array.from({ length: 60_000 }, (_, index) => ({ key: `x${(index * 7919) % 60_000}`, values: [index] }));
  list.sort((a, b) => (a.key < b.key ? -1 : 1));
  JSON.parse(JSON.stringify(list));
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
