/** What `kith stats` prints. */
export interface ServerStatistics {
	readonly accounts: number;
	readonly disabledAccounts: number;
	readonly activeSessions: number;
	readonly rooms: number;
	readonly events: number;
	readonly mediaFiles: number;
	readonly mediaBytes: number;
	readonly databaseBytes: number;
	readonly streamPosition: number;
}
