/** What the engine is to be told about the past of a room. It is kept until the engine has it: the page may be gone before. */
export interface HistoryDuty {
	readonly dutyId: string;
	readonly kind: "share" | "expect";
	readonly roomId: string;
	/** Who was invited; who made the invitation. */
	readonly userIds: readonly string[];
}
