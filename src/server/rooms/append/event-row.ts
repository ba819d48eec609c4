/** A row of `events`. */
export interface EventRow {
	readonly nid: number;
	readonly roomNid: number;
	readonly eventId: string;
	readonly type: string;
	readonly stateKey: string | undefined;
	readonly sender: string;
	readonly depth: number;
	readonly originServerTs: number;
	readonly stateGroupId: number;
	readonly messageOrdinal: number;
	readonly transactionId: string | undefined;
	/** How a received event came out of its checks; absent: accepted, as all of this server's own are. */
	readonly verdict?: Verdict;
	/** Canonical JSON of the signed PDU. */
	readonly json: string;
}

/** 0 accepted, 1 rejected, 2 soft-failed. */
export type Verdict = 0 | 1 | 2;
