/** The time, as a caller's platform or a test tells it. */
export interface Clock {
	/** Milliseconds since the Unix epoch. */
	now(): number;
}
