/**
 * Tells the server how far this device has come, at most once a second: others' delivered ticks are made of it. A
 * lost acknowledgement is made good by the next one.
 */
export function createAcknowledger(send: (position: string) => Promise<unknown>): (position: string) => void {
	let newest: string | undefined;
	let isPlanned = false;
	return (position) => {
		newest = position;
		if (isPlanned) return;
		isPlanned = true;
		setTimeout(() => {
			isPlanned = false;
			if (newest !== undefined) send(newest).catch(() => undefined);
		}, 1000);
	};
}
