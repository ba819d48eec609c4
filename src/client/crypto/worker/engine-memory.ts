/** What the engine remembers beside the machine's own store. None of it opens anything. */
export interface EngineMemory {
	/** Up to which message to the device everything is processed. */
	toDevicePosition(): Promise<string | undefined>;
	setToDevicePosition(position: string): Promise<void>;
	/** What was being taken in when this was last put down; where an engine ended over it, that is still there. */
	intake(): Promise<Intake | undefined>;
	setIntake(intake: Intake | undefined): Promise<void>;
	/** What this device will never get of what was sent to it. */
	losses(): Promise<InboxLosses>;
	addLosses(more: InboxLosses): Promise<void>;
	/**
	 * As which event each ciphertext came first. Those that are new are put down as coming now; the answer names the first
	 * event of each, in order.
	 */
	firstSeen(ciphertexts: readonly SeenCiphertext[]): Promise<readonly string[]>;
}

/** Messages to the device on their way into the machine. */
export interface Intake {
	/** The last of them. */
	readonly upTo: string;
	/** Given: an engine ended over them, so they go in one by one, and it is this one's turn for the so-manieth time. */
	readonly alone?: { readonly position: string; readonly tries: number } | undefined;
}

export interface InboxLosses {
	/** The server had no room for them. */
	readonly dropped: number;
	/** Engines ended over them. */
	readonly setAside: number;
}

/** A ciphertext by its session and its index in it, and the event it came as. */
export interface SeenCiphertext {
	readonly place: string;
	readonly eventId: string;
}

/** For tests, and where a browser keeps nothing. */
export const createVolatileMemory = (): EngineMemory => {
	let position: string | undefined;
	let kept: Intake | undefined;
	let lost: InboxLosses = { dropped: 0, setAside: 0 };
	const seen = new Map<string, string>();
	return {
		toDevicePosition: async () => position,
		setToDevicePosition: async (next) => {
			position = next;
		},
		intake: async () => kept,
		setIntake: async (next) => {
			kept = next;
		},
		losses: async () => lost,
		addLosses: async (more) => {
			lost = sumOf(lost, more);
		},
		firstSeen: async (ciphertexts) =>
			ciphertexts.map(({ place, eventId }) => {
				const first = seen.get(place) ?? eventId;
				seen.set(place, first);
				return first;
			}),
	};
};

export const sumOf = (one: InboxLosses, other: InboxLosses): InboxLosses => ({
	dropped: one.dropped + other.dropped,
	setAside: one.setAside + other.setAside,
});
