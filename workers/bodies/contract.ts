// The words between the parts that carry lanes: page, runner frame, engine worker and lane. What a lane is
// told and what it answers is engine/lane-protocol.ts; this file only adds how lanes come to be.
//
//   page  --'frame' + control port-->  engine worker        once for each frame that the page makes
//   engine worker  <--control port-->  frame                spawn, kill, warm, heartbeat: the page has no part in it
//   engine worker  <--lane port----->  body worker          PortRequest, LaneReply but for markers
//   body worker  --marker-->  frame  --newest marker-->  engine worker

export const RUNNER_PROTOCOL_VERSION = 1;

/** Numbers of lanes and frames, unique within one engine worker. */
export type LaneId = number;
export type FrameId = number;

export type PageToEngine =
  | { readonly type: 'hello'; readonly protocol: number; readonly laneCount: number }
  /** A frame that is up; its control port is transferred with the message. */
  | { readonly type: 'frame'; readonly frame: FrameId; readonly control: MessagePort }
  | { readonly type: 'frame-failed'; readonly detail: string }
  | { readonly type: 'library'; readonly specifier: string; readonly text: string | undefined };

export type EngineToPage =
  /** The frame no longer answers. The page removes it and makes another. */
  | { readonly type: 'frame-dead'; readonly frame: FrameId }
  | { readonly type: 'library'; readonly specifier: string };

/** The page's only word to a frame's window; the control port is transferred with it. */
export interface FrameStart {
  readonly type: 'start';
  readonly workerText: string;
}

/** Over the control port. */
export type FrameRequest =
  | { readonly type: 'spawn'; readonly lane: LaneId; readonly port: MessagePort }
  | { readonly type: 'kill'; readonly lane: LaneId }
  /** Make sure that a spare worker stands ready. */
  | { readonly type: 'warm' }
  | { readonly type: 'ping'; readonly beat: number };

export type FrameReply =
  | { readonly type: 'up' }
  | { readonly type: 'pong'; readonly beat: number }
  /** The newest marker of a lane; older ones that it overtook are not sent. */
  | { readonly type: 'marker'; readonly lane: LaneId; readonly step: number }
  | { readonly type: 'lane-failed'; readonly lane: LaneId; readonly detail: string };

/** The frame's first and only message to a body worker; the lane's port is transferred with it. */
export interface WorkerStart {
  readonly port: MessagePort;
}
