import pg from "pg";

/** PostgreSQL's notifications, on one connection of their own that is made again when it breaks. */
export interface Notifications {
	/** Resolves once the first connection listens on the channel. */
	listen(channel: string, onPayload: (payload: string) => void): Promise<void>;
	/** After a break: notifications in between are lost. */
	onReconnect(listener: () => void): void;
	isConnected(): boolean;
	close(): Promise<void>;
}

const firstRetryMs = 100;
const longestRetryMs = 5_000;

/** Connects; throws when the first connection cannot be made. */
export const openNotifications = async (connectionString: string): Promise<Notifications> => {
	const channels = new Map<string, (payload: string) => void>();
	const onReconnect: (() => void)[] = [];
	let client: pg.Client | undefined;
	let isClosed = false;
	let retryMs = firstRetryMs;
	let timer: NodeJS.Timeout | undefined;
	const connect = async (): Promise<void> => {
		const fresh = new pg.Client({ connectionString, application_name: "kith-notifications", keepAlive: true });
		fresh.on("notification", ({ channel, payload }) => channels.get(channel)?.(payload ?? ""));
		fresh.on("error", () => undefined);
		fresh.on("end", () => {
			if (client === fresh) client = undefined;
			retry();
		});
		await fresh.connect();
		try {
			for (const channel of channels.keys()) await fresh.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
		} catch (error) {
			await fresh.end();
			throw error;
		}
		// Closed while this was on its way: nobody else would end it.
		if (isClosed) {
			await fresh.end();
			return;
		}
		client = fresh;
		retryMs = firstRetryMs;
	};
	const retry = (): void => {
		if (isClosed || timer !== undefined) return;
		timer = setTimeout(() => {
			timer = undefined;
			connect().then(() => {
				for (const listener of onReconnect) listener();
			}, retry);
		}, retryMs);
		retryMs = Math.min(retryMs * 2, longestRetryMs);
	};
	await connect();
	return {
		listen: async (channel, onPayload) => {
			channels.set(channel, onPayload);
			await client?.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
		},
		onReconnect: (listener) => {
			onReconnect.push(listener);
		},
		isConnected: () => client !== undefined,
		close: async () => {
			isClosed = true;
			clearTimeout(timer);
			await client?.end();
		},
	};
};
