/** How long an Ollama may take, and how much it may say. Milliseconds and bytes. */
export interface AnswerBounds {
	/** Until the connection is open. */
	readonly connectMs: number;
	/** From then on until the first line of the answer. */
	readonly firstMs: number;
	/** Between two lines. */
	readonly idleMs: number;
	/** Of the whole answer, and of one line of it. */
	readonly mostBytes: number;
	readonly mostLineBytes: number;
}

/** Of an answer that is written while it is sent: reading a long prompt takes a small machine its time. */
export const chatBounds: AnswerBounds = {
	...{ connectMs: 3_000, firstMs: 90_000, idleMs: 30_000 },
	...{ mostBytes: 4_000_000, mostLineBytes: 64_000 },
};

/** Of an answer in one piece about how things are. */
export const questionBounds: AnswerBounds = {
	...{ connectMs: 3_000, firstMs: 10_000, idleMs: 10_000 },
	...{ mostBytes: 8_000_000, mostLineBytes: 8_000_000 },
};

/** Vectors: the model may have to be loaded first. */
export const embedBounds: AnswerBounds = { ...questionBounds, firstMs: 90_000, idleMs: 30_000 };

/** A model that is fetched from afar: something is said again and again, but for hours. */
export const pullBounds: AnswerBounds = { ...chatBounds, idleMs: 120_000, mostBytes: 200_000_000 };
