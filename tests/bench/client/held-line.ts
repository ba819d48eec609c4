import { connect, createServer, type Socket } from "node:net";

/** A line to a server on which everything that the server says can be held back for a while. */
export interface HeldLine extends AsyncDisposable {
	readonly origin: string;
	hold(): void;
	/** Lets through what was held back, and everything after it. */
	release(): void;
}

export async function openHeldLine(origin: string): Promise<HeldLine> {
	const target = new URL(origin);
	const ends = new Set<Socket>();
	let isHeld = false;
	const server = createServer((browserEnd) => {
		const serverEnd = connect(Number(target.port), target.hostname);
		for (const end of [browserEnd, serverEnd]) end.setNoDelay(true).on("error", () => undefined);
		ends.add(serverEnd);
		serverEnd.once("close", () => {
			ends.delete(serverEnd);
			browserEnd.destroy();
		});
		browserEnd.once("close", () => serverEnd.destroy());
		browserEnd.on("data", (data) => serverEnd.write(data));
		serverEnd.on("data", (data) => browserEnd.write(data));
		if (isHeld) serverEnd.pause();
	});
	await new Promise<void>((resolve) => server.listen(0, target.hostname, resolve));
	const address = server.address();
	const port = typeof address === "object" && address !== null ? address.port : 0;
	return {
		origin: `${target.protocol}//${target.hostname}:${port}`,
		hold: () => {
			isHeld = true;
			for (const end of ends) end.pause();
		},
		release: () => {
			isHeld = false;
			for (const end of ends) end.resume();
		},
		[Symbol.asyncDispose]: async () => {
			for (const end of ends) end.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
