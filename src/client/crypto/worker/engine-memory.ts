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
	/** So many messages in all the server had no room for. */
	noteDropped(count: number): Promise<void>;
	/** Engines ended over one more message. */
	noteSetAside(): Promise<void>;
	/**
	 * As which event each ciphertext came first. Those that are new are put down as coming now; the answer names the first
	 * event of each, in order.
	 */
	firstSeen(ciphertexts: readonly SeenCiphertext[]): Promise<readonly string[]>;
	/** Who is still to get the keys of a room's past. */
	debts(): Promise<readonly HistoryDebt[]>;
	/** In the place of what is owed to the same person for the same room. */
	putDebt(debt: HistoryDebt): Promise<void>;
	dropDebt(debt: HistoryDebt): Promise<void>;
	/** People who were verified, whose identity is another one, and whom nobody has accepted as they are. */
	unaccepted(): Promise<readonly string[]>;
	setUnaccepted(userId: string, isUnaccepted: boolean): Promise<void>;
	/** What the person left asleep on the server has to be woken, however young it is: until that was done. */
	isWakeDue(): Promise<boolean>;
	setWakeDue(isDue: boolean): Promise<void>;
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

/** The keys of a room's past, owed to somebody who was invited; the devices have them already. */
export interface HistoryDebt {
	readonly roomId: string;
	readonly userId: string;
	readonly deviceIds: readonly string[];
}

export const debtName = ({ roomId, userId }: HistoryDebt): string => JSON.stringify([roomId, userId]);

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
	const debts = new Map<string, HistoryDebt>();
	const unaccepted = new Set<string>();
	let isWakeDue = false;
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
		noteDropped: async (count) => {
			lost = withDropped(lost, count);
		},
		noteSetAside: async () => {
			lost = withSetAside(lost);
		},
		firstSeen: async (ciphertexts) =>
			ciphertexts.map(({ place, eventId }) => {
				const first = seen.get(place) ?? eventId;
				seen.set(place, first);
				return first;
			}),
		debts: async () => [...debts.values()],
		putDebt: async (debt) => void debts.set(debtName(debt), debt),
		dropDebt: async (debt) => void debts.delete(debtName(debt)),
		unaccepted: async () => [...unaccepted],
		setUnaccepted: async (userId, isUnaccepted) => {
			if (isUnaccepted) unaccepted.add(userId);
			else unaccepted.delete(userId);
		},
		isWakeDue: async () => isWakeDue,
		setWakeDue: async (isDue) => {
			isWakeDue = isDue;
		},
	};
};

/** The server says it with each answer, and one that was late must not take anything back. */
export const withDropped = (losses: InboxLosses, count: number): InboxLosses => ({
	...losses,
	dropped: Math.max(losses.dropped, count),
});

export const withSetAside = (losses: InboxLosses): InboxLosses => ({ ...losses, setAside: losses.setAside + 1 });
