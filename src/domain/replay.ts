/** Which messages of a group are to be sent again. */
export interface ReplayRequest {
  threadId: string;
  /** The ids of the first and the last message, in any order. Without them it is the last message of people. */
  range: readonly [string, string] | null;
}

/** Something that a bot did with a message. */
export interface ReplayAnswer {
  bot: string;
  /** `says`, `sends`, `reacts`, `knocks`, `fails`, `stops`. */
  verb: string;
  text: string;
}

/** What an action did with a message, where that is another thing in the replay. */
export interface ReplayVerdict {
  bot: string;
  handler: string;
  before: string;
  after: string;
}

/** A message that was sent again. */
export interface ReplayedMessage {
  id: string;
  from: string;
  body: string;
  /** What bots did with it in the group, and what they did in the replay. */
  before: readonly ReplayAnswer[];
  after: readonly ReplayAnswer[];
  verdicts: readonly ReplayVerdict[];
  /** Why it could not be sent, or why its answers are not complete. */
  problem: string | null;
}

/** Messages that were sent again into a copy of their group. */
export interface Replay {
  messages: readonly ReplayedMessage[];
  milliseconds: number;
  /** How many messages of the range were left out, because it is too long or took too long. */
  left: number;
}
