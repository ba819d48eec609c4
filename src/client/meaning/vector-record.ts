const serverPrefix = "server ";

/** What vectors of the server's model are kept under: no name of a model has a space. */
export function serverKey(model: string): string {
	return serverPrefix + model;
}

/** Whether what is kept under this was made by the person's server. */
export function isFromServer(key: string): boolean {
	return key.startsWith(serverPrefix);
}

/** Some of them as they are kept: what somebody wrote can be guessed at from its vector, so they lie sealed. */
export interface KeptVectors {
	readonly chunkId: string;
	readonly roomId: string;
	/** What made them, as `keyOf` says it: vectors of one model say nothing to another. */
	readonly model: string;
	readonly madeAt: number;
	readonly width: number;
	readonly messages: readonly (readonly [eventId: string, print: number])[];
	/** All vectors, one after the other, in base64. */
	readonly bytes: string;
}
