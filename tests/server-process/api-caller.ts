/** Calls one procedure and answers what it answered; throws `ApiError` or `ConnectionLost`. */
export interface ApiCaller {
	query(path: string, input?: unknown): Promise<unknown>;
	mutate(path: string, input?: unknown): Promise<unknown>;
	close(): void;
}
