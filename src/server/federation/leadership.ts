/** Of the processes that share a database, at most one leads at a time. */
export interface Leadership {
	/** Does the work whenever this process leads, until the signal says that it no longer does. */
	lead(work: (signal: AbortSignal) => Promise<void>): LeadershipBid;
}

export interface LeadershipBid {
	/** Ends the work and lets another process lead. */
	stop(): Promise<void>;
}
