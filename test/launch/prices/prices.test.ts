import { describe, expect, test } from 'vitest';
import { estimateAsText } from '../../../src/launch/prices/estimate-as-text.ts';
import { estimateCost } from '../../../src/launch/prices/estimate-cost.ts';
import { makePriceFile } from '../../../src/launch/prices/make-price-file.ts';
import { parsePriceFile } from '../../../src/launch/prices/price-file.ts';
import { readPriceList } from '../../../src/launch/prices/read-price-list.ts';
import { codesOf } from '../../support/refused.ts';
import { lustre, node, priceList } from './lists.ts';

// The amounts are made up: none is a price of AWS.
const NODES = priceList('AmazonSageMaker', [node('ml.a1.large', '2'), node('ml.p9.48xlarge', '100.5')]);
const STORAGE = priceList('AmazonFSx', [lustre('125', '0.73'), lustre('250', '1.46')]);
const lists = () => [readPriceList(NODES, 'nodes'), readPriceList(STORAGE, 'storage')];
const { file } = makePriceFile(lists());

const VALUES = {
  ControllerInstanceType: 'ml.a1.large',
  ControllerInstanceCount: '1',
  Worker1InstanceType: 'ml.p9.48xlarge',
  Worker1InstanceCount: '4',
  LoginInstanceType: 'ml.a1.large',
  LoginInstanceCount: '0',
  CreateFileSystem: 'true',
  FileSystemCapacity: '1200',
  FileSystemThroughput: '250',
  AccountingDatabaseClass: 'db.t4g.small',
};

describe('a price list', () => {
  test('nodes by type, file systems by throughput, and of which day it is', () => {
    expect(readPriceList(NODES, 'nodes')).toEqual({
      offer: 'AmazonSageMaker',
      publishedAt: '2026-11-20T10:00:00Z',
      prices: [
        { region: 'us-west-2', kind: 'instances', name: 'ml.a1.large', dollars: 2 },
        { region: 'us-west-2', kind: 'instances', name: 'ml.p9.48xlarge', dollars: 100.5 },
      ],
    });
    expect(readPriceList(STORAGE, 'storage').prices.map(({ name, dollars }) => [name, dollars])).toEqual([
      ['125', 0.73],
      ['250', 1.46],
    ]);
  });

  test.each([
    ['reserved nodes', { ...node('ml.a1.large-Reserved', '1') }],
    [
      'training',
      { ...node('ml.a1.large', '1'), attributes: { regionCode: 'us-west-2', usagetype: 'USW2-Train:ml.a1.large' } },
    ],
    ['a price by amount', node('ml.a1.large', '2', '1')],
    ['nothing to pay', node('ml.a1.large', '0.0000000000')],
    ['no number', node('ml.a1.large', 'free')],
    ['another unit', { ...node('ml.a1.large', '1'), unit: 'Quantity' }],
    ['no region', { ...node('ml.a1.large', '1'), attributes: { usagetype: 'USW2-Cluster:ml.a1.large' } }],
  ])('%s: nothing is taken of it', (_, product) => {
    expect(readPriceList(priceList('AmazonSageMaker', [product]), 'x').prices).toEqual([]);
  });

  test.each([['{}'], ['no JSON'], ['[]']])('%s is none', (text) => {
    expect(codesOf(() => readPriceList(new TextEncoder().encode(text), 'x'))).toEqual(['PL5020']);
  });
});

describe('a price file', () => {
  test('it has all prices, sorted, and is read again', () => {
    expect(file).toEqual({
      schemaVersion: 1,
      sources: ['AmazonSageMaker', 'AmazonFSx'].map((offer) => ({ offer, publishedAt: '2026-11-20T10:00:00Z' })),
      regions: {
        'us-west-2': { instances: { 'ml.a1.large': 2, 'ml.p9.48xlarge': 100.5 }, lustre: { '125': 0.73, '250': 1.46 } },
      },
    });
    expect(parsePriceFile(new TextEncoder().encode(JSON.stringify(file)), 'x')).toEqual(file);
  });

  test('what lists say in two ways is left out, and named', () => {
    const other = readPriceList(
      priceList('AmazonSageMaker', [node('ml.a1.large', '3'), node('ml.p9.48xlarge', '100.5')]),
      'x',
    );
    const made = makePriceFile([...lists(), other]);
    expect(made.ambiguous).toEqual(['us-west-2 instances ml.a1.large']);
    expect(made.file.regions['us-west-2']?.instances).toEqual({ 'ml.p9.48xlarge': 100.5 });
  });

  test.each([
    ['{}'],
    [JSON.stringify({ ...file, schemaVersion: 2 })],
    [JSON.stringify({ ...file, regions: { 'us-west-2': { instances: { a: -1 }, lustre: {} } } })],
    [JSON.stringify({ ...file, regions: { 'us-west-2': { instances: { a: '1' }, lustre: {} } } })],
  ])('%s is none', (text) => {
    expect(codesOf(() => parsePriceFile(new TextEncoder().encode(text), 'x'))).toEqual(['PL5019']);
  });
});

describe('an estimate', () => {
  test('nodes that there are, times their price; a month of storage has 730 hours; the dearest first', () => {
    const { items, dollarsAnHour, pricesOf } = estimateCost(VALUES, file, 'us-west-2');
    expect(items).toEqual([
      { what: '4 × ml.p9.48xlarge (Worker1)', dollarsAnHour: 402 },
      { what: '1200 GiB of FSx for Lustre, 250 MB/s per TiB', dollarsAnHour: expect.closeTo(2.4) },
      { what: '1 × ml.a1.large (Controller)', dollarsAnHour: 2 },
      { what: expect.stringContaining('NAT gateway'), dollarsAnHour: undefined },
    ]);
    expect(dollarsAnHour).toBeCloseTo(406.4);
    expect(pricesOf).toBe('2026-11-20');
  });

  test.each(['ml.new.large', 'constructor'])('the type %s without a price is unknown, and not in the sum', (type) => {
    const { items, dollarsAnHour } = estimateCost({ ...VALUES, Worker1InstanceType: type }, file, 'us-west-2');
    expect(items.find(({ what }) => what.includes(type))).toHaveProperty('dollarsAnHour', undefined);
    expect(dollarsAnHour).toBeCloseTo(4.4);
  });

  test('no file system, or one that exists already, costs nothing here', () => {
    for (const change of [
      { CreateFileSystem: 'false' },
      { ExistingFileSystemDnsName: 'fs-1.fsx.us-west-2.amazonaws.com' },
    ])
      expect(JSON.stringify(estimateCost({ ...VALUES, ...change }, file, 'us-west-2').items)).not.toContain('Lustre');
  });

  test.each([
    ['another region', file, 'eu-west-1'],
    ['no price file', undefined, 'us-west-2'],
  ])('%s: everything is unknown, and no number is shown', (_, prices, region) => {
    const made = estimateCost(VALUES, prices, region);
    expect(made.dollarsAnHour).toBeUndefined();
    expect(estimateAsText(made)).not.toMatch(/\d\.\d\d\b/);
  });

  test('as text', () => {
    expect(estimateAsText(estimateCost(VALUES, file, 'us-west-2'))).toMatchInlineSnapshot(`
      "an hour    a month
       402.00  293460.00  4 × ml.p9.48xlarge (Worker1)
         2.40    1752.00  1200 GiB of FSx for Lustre, 250 MB/s per TiB
         2.00    1460.00  1 × ml.a1.large (Controller)
      unknown    unknown  directory, load balancer, NAT gateway, bastion, disks, backups, database, logs and traffic
       406.40  296672.00  all that has a price here
      US dollars on demand in us-west-2, by AWS's price lists of 2026-11-20, without taxes, discounts and training plans. A month has 730 hours.
      "
    `);
  });
});
