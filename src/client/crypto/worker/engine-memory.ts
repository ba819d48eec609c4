/** What the engine remembers beside the machine's own store. None of it opens anything. */
export interface EngineMemory {
	/** Up to which message to the device everything is processed. */
	toDevicePosition(): Promise<string | undefined>;
	setToDevicePosition(position: string): Promise<void>;
	/**
	 * As which event each ciphertext came first. Those that are new are put down as coming now; the answer names the first
	 * event of each, in order.
	 */
	firstSeen(ciphertexts: readonly SeenCiphertext[]): Promise<readonly string[]>;
}

/** A ciphertext by its session and its index in it, and the event it came as. */
export interface SeenCiphertext {
	readonly place: string;
	readonly eventId: string;
}

/** For tests, and where a browser keeps nothing. */
export const createVolatileMemory = (): EngineMemory => {
	let position: string | undefined;
	const seen = new Map<string, string>();
	return {
		toDevicePosition: async () => position,
		setToDevicePosition: async (next) => {
			position = next;
		},
		firstSeen: async (ciphertexts) =>
			ciphertexts.map(({ place, eventId }) => {
				const first = seen.get(place) ?? eventId;
				seen.set(place, first);
				return first;
			}),
	};
};
