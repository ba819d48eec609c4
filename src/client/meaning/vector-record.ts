/** Some of them as they are kept: what somebody wrote can be guessed at from its vector, so they lie sealed. */
export interface KeptVectors {
	readonly chunkId: string;
	readonly roomId: string;
	/** Vectors of one model say nothing to another. */
	readonly model: string;
	readonly madeAt: number;
	readonly width: number;
	readonly messages: readonly (readonly [eventId: string, print: number])[];
	/** All vectors, one after the other, in base64. */
	readonly bytes: string;
}
