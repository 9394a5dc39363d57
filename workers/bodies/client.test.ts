import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { defaultLaneLimits, type LaneReply } from '#engine/lane-protocol.ts';
import { plainStep } from '#engine/plain-step.ts';
import type { LaneDeath } from '#engine/ports.ts';
import { createPortRunner } from './client.ts';
import type { LaneBroker, LaneListener } from './lane-broker.ts';

function openLane() {
  const channel = new MessageChannel();
  const ended: number[] = [];
  let listener: LaneListener | undefined;
  const broker: LaneBroker = {
    laneCount: 2,
    requestLane(_lane, given) {
      listener = given;
    },
    terminateLane: (lane) => void ended.push(lane),
    libraryText: async (specifier) => (specifier === 'd3-array' ? 'text' : undefined),
  };
  const heard: LaneReply[] = [];
  const deaths: LaneDeath[] = [];
  const lane = createPortRunner(broker).startLane({
    onReply: (reply) => void heard.push(reply),
    onDead: (reason) => void deaths.push(reason),
  });
  const sent: unknown[] = [];
  channel.port2.on('message', (message) => void sent.push(message));
  return {
    lane,
    heard,
    deaths,
    ended,
    sent,
    far: channel.port2,
    listener: () => listener as LaneListener,
    connect: () => listener?.onPort(channel.port1 as unknown as MessagePort),
    close: () => channel.port2.close(),
  };
}

const open = { type: 'open', protocol: 1, runId: 'r', runTags: {}, limits: defaultLaneLimits } as const;
const segment = (id: number, libraries: readonly string[] = []) =>
  ({
    type: 'segment',
    id,
    module: '',
    libraries,
    steps: [plainStep(id)],
  }) as const;
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 30));

test('requests wait for the port and keep their order', async () => {
  const { lane, connect, sent, close } = openLane();
  lane.send(open);
  lane.send(segment(1));
  connect();
  lane.send({ type: 'drop', values: [1] });
  await settled();
  expect(sent).toMatchObject([{ type: 'open' }, { type: 'segment' }, { type: 'drop' }]);
  close();
});

test('a library goes ahead of the first segment that needs it, and once', async () => {
  const { lane, connect, sent, close } = openLane();
  connect();
  lane.send(open);
  lane.send(segment(1, ['d3-array']));
  lane.send({ type: 'drop', values: [1] });
  await settled();
  lane.send(segment(2, ['d3-array']));
  await settled();
  expect(sent).toMatchObject([
    { type: 'open' },
    { type: 'library', specifier: 'd3-array', text: 'text' },
    { type: 'segment', id: 1 },
    { type: 'drop' },
    { type: 'segment', id: 2 },
  ]);
  close();
});

test('a flood over the port ends the lane at its first message, and nothing of it is heard', async () => {
  const { lane, connect, heard, deaths, ended, far, close } = openLane();
  connect();
  lane.send(open);
  lane.send(segment(1));
  for (let i = 0; i < 100_000; i++) far.postMessage({ type: 'reports', reports: [], flood: i });
  await settled();
  expect(heard).toEqual([]);
  expect(deaths).toEqual([{ type: 'ProtocolBroken', detail: 'A batch has no bytes.' }]);
  expect(ended).toEqual([1]);
  close();
});

test('markers of steps that were not sent are not heard', () => {
  const { lane, listener, heard, deaths, close } = openLane();
  lane.send(open);
  lane.send(segment(1));
  listener().onMarker(7);
  listener().onMarker('1');
  listener().onMarker(1);
  expect([heard, deaths]).toEqual([[1], []]);
  close();
});

test('a lane that was ended says nothing more, and asks for its end once', () => {
  const { lane, listener, connect, heard, deaths, ended, close } = openLane();
  lane.send(open);
  lane.terminate();
  lane.terminate();
  connect();
  listener().onMarker(0);
  listener().onDead({ type: 'Crashed', detail: '' });
  expect([heard, deaths, ended]).toEqual([[], [], [1]]);
  close();
});
